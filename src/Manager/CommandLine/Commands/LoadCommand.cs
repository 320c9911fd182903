using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Loading;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist load FILE --role ROLE</c>: a table of a portable file.</summary>
internal static class LoadCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The portable file." };

    private static readonly Option<string> Role = new("--role")
    {
        Description = "The role whose workers get the table.",
        HelpName = "ROLE",
        Required = true,
    };

    private static readonly Option<string> Name = new("--name")
    {
        Description = "The name of the new table, if it is not the one that was saved.",
        HelpName = "TABLE",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "load",
            "Make a table of a portable file.",
            """
            The whole file is checked before anything is made. Nobody sees the table before all of its rows are there; if the
            loading fails or is killed, no rows stay. Then the manager hands the table to a worker of the role.
            """,
            new Example("etspersist load accounts.etsfile --role billing --name restored", "Load it under another name."))
        {
            File, Role, Name,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(File)!;
        var name = parsed.GetValue(Name);
        var (directory, role) = (parsed.InstanceDirectory(), parsed.GetValue(Role)!);
        var loaded = await FileProgress.RunAsync(
            parsed.WantsJson(), progress => UntypedCopy.LoadAsync(directory, path, role, name, progress, cancellationToken)).ConfigureAwait(false);
        CopyOutput.Write(parsed, "loaded", name ?? loaded.Name, path, loaded);
        return ExitCode.Success;
    }
}
