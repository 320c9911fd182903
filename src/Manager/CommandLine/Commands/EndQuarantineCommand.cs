using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Operating;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist end-quarantine TABLE</c>: has a table handed over again whose owners kept dying on arrival.</summary>
internal static class EndQuarantineCommand
{
    private static readonly Argument<string> Table = TableArgument.Create();

    public static Command Create()
    {
        var command = new ExampleCommand(
            "end-quarantine",
            "Hand a table over again although its owners kept dying.",
            """
            A table whose owners die as soon as they have got it is slowed down and then in quarantine for a time: it can be read, and
            nobody is handed it. This ends it at once, and that of workers which let too many offers of the table pass. A table that
            is in none stays as it is.
            """,
            new Example("etspersist end-quarantine accounts", "Once the worker is mended."))
        {
            Table,
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
        manager.EndQuarantine(known.Table);
        var isAny = known.QuarantineMilliseconds > 0 || known.QuarantinedWorkers > 0;
        DoneOutput.Write(parsed, known.Table, isAny ? "quarantine ended" : "not in quarantine");
        return ExitCode.Success;
    }
}
