using System.CommandLine;
using System.CommandLine.Help;
using EtsPersist.Mmf.Manager.CommandLine.Commands;

namespace EtsPersist.Mmf.Manager.CommandLine.Parsing;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    private const string Description = "Keeps tables in memory-mapped files alive across the deaths of the processes that work on them.";

    private static readonly Example[] Story =
    [
        new("etspersist run", "Start a manager, in a terminal of its own or as a service."),
        new("etspersist tables", "See its tables."),
        new("etspersist show accounts --limit 10", "Look into one."),
        new("etspersist give accounts billing", "Move it to another worker of a role."),
        new("etspersist status", "See who owns what, and the latest hand-offs."),
    ];

    /// <summary>
    /// The commands that these arguments may mean: to a manager that takes over, each command that it does not build is time.
    /// </summary>
    public static RootCommand For(string[] arguments) => arguments is ["run", ..] ? Build([RunCommand.Create()]) : BuildAll();

    /// <summary>All commands, in the order of the help, whose examples can be run one after the other.</summary>
    public static RootCommand BuildAll() => Build(
    [
        RunCommand.Create(),
        StatusCommand.Create(),
        TablesCommand.Create(),
        ShowCommand.Create(),
        GetCommand.Create(),
        VerifyCommand.Create(),
        SaveCommand.Create(),
        LoadCommand.Create(),
        WhoCommand.Create(),
        WorkersCommand.Create(),
        HealthCommand.Create(),
        GiveCommand.Create(),
        ReleaseCommand.Create(),
        EndQuarantineCommand.Create(),
        RenameCommand.Create(),
        DropCommand.Create(),
        ConfigCommand.Create(),
    ]);

    private static RootCommand Build(Command[] commands)
    {
        var root = new RootCommand(Description) { GlobalOptions.Instance, GlobalOptions.Directory, GlobalOptions.Group, GlobalOptions.Json };
        foreach (var command in commands) root.Subcommands.Add(command);
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help }) option.Action = new HelpWithExamples(help, Story);
            else if (option is VersionOption) option.Action = new VersionLine();
        }
        return root;
    }
}
