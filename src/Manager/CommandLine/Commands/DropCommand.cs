using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist drop TABLE</c>: deletes a table with all its rows.</summary>
internal static class DropCommand
{
    private static readonly Argument<string> Table = TableArgument.Create();

    private static readonly Option<bool> Force = new("--force") { Description = "Although a living process owns the table." };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "drop",
            "Delete a table with all its rows.",
            "It is gone for all processes at once; those that have it open are told so by their next operation.",
            new Example("etspersist drop archive", "One that nobody owns."),
            new Example("etspersist drop accounts --force", "One that is owned, too."))
        {
            Table, Force,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var table = parsed.GetValue(Table)!;
        using var manager = OperatorConnection.Connect(parsed.InstanceDirectory());
        var known = manager.ListTables().FirstOrDefault(known => string.Equals(known.Table, table, StringComparison.OrdinalIgnoreCase))
            ?? throw new TableNotFoundException($"Instance '{manager.Manager.Instance}' has no table '{table}'.");
        if (known.OwnerProcessId != 0 && !parsed.GetValue(Force))
            throw new NotOwnerException($"Table '{known.Table}' is owned by process {known.OwnerProcessId}. Drop it there, release it first, or use --force.");
        manager.Operate(new OperateTableMessage(known.Table, TableOperation.Drop));
        DoneOutput.Write(parsed, known.Table, "dropped");
        return ExitCode.Success;
    }
}
