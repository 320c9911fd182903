using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Inspection;
using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist release TABLE</c>: has the owner let a table go.</summary>
internal static class ReleaseCommand
{
    private static readonly Argument<string> Table = TableArgument.Create();

    private static readonly Option<double> Patience = OwnerChangeOutput.PatienceOption();

    public static Command Create()
    {
        var command = new ExampleCommand(
            "release",
            "Have the owner of a table let it go.",
            """
            The owner is told: its writes in flight finish and later ones are refused. The manager then hands the table to the next
            worker by the table's rule. An owner that does not react keeps the table; nothing is taken from the living.
            """,
            new Example("etspersist release accounts", "The next worker gets it."))
        {
            Table, Patience,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var table = parsed.GetValue(Table)!;
        var patience = OwnerChangeOutput.PatienceOf(parsed, Patience);
        var change = new OwnerChange(parsed.InstanceDirectory(), table);
        using var manager = OperatorConnection.Connect(parsed.InstanceDirectory());
        var before = change.Look();
        var isAwaited = manager.ListTables().Any(known => known.Table == before.Name && known.Waiting > 0);
        manager.Operate(new OperateTableMessage(before.Name, TableOperation.Release));
        var after = await change.AwaitAsync(now => IsDone(before, now, isAwaited), patience, cancellationToken).ConfigureAwait(false) ?? change.Look();
        if (!OwnerChange.HasLetGo(before, after)) throw OwnerChangeOutput.NotInTime(before);
        OwnerChangeOutput.Write(parsed, before, after);
        return ExitCode.Success;
    }

    /// <summary>Where workers wait for the table, one of them is to have it.</summary>
    private static bool IsDone(TableFacts before, TableFacts now, bool isAwaited) =>
        isAwaited ? OwnerChange.IsTaken(before, now) : OwnerChange.HasLetGo(before, now);
}
