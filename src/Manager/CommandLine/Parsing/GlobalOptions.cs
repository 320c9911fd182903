using System.CommandLine;

namespace EtsPersist.Mmf.Manager.CommandLine.Parsing;

/// <summary>The options of every command.</summary>
internal static class GlobalOptions
{
    public static Option<string> Instance { get; } = new("--instance")
    {
        Description = "The instance.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Mmf.InstanceDirectory.DefaultInstance,
        Recursive = true,
    };

    public static Option<string> Directory { get; } = new("--dir")
    {
        Description = $"The directory of the instances. Default: ${Mmf.InstanceDirectory.DirectoryVariable}, else "
            + @"/dev/shm/etspersist-UID on Linux, %LOCALAPPDATA%\EtsPersist on Windows.",
        HelpName = "PATH",
        Recursive = true,
    };

    public static Option<string> Group { get; } = new("--group")
    {
        Description = "Linux: the group whose members may use the instance, by name or number. "
            + $"Default: ${Mmf.InstanceDirectory.GroupVariable}, else none: its own user alone.",
        HelpName = "GROUP",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print JSON, in the form that docs/command-line.md describes.",
        Recursive = true,
    };

    /// <summary>The directory of the instance that the options name.</summary>
    /// <exception cref="InvalidNameException">They name none.</exception>
    public static InstanceDirectory InstanceDirectory(this ParseResult parsed) =>
        new(parsed.GetValue(Instance)!, parsed.GetValue(Directory), parsed.GetValue(Group));

    public static bool WantsJson(this ParseResult parsed) => parsed.GetValue(Json);

    public static TextWriter Output(this ParseResult parsed) => parsed.InvocationConfiguration.Output;

    public static TextWriter Error(this ParseResult parsed) => parsed.InvocationConfiguration.Error;
}
