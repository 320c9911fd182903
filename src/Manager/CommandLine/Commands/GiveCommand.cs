using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist give TABLE WORKER</c>: moves a table to another worker.</summary>
internal static class GiveCommand
{
    private static readonly Argument<string> Table = TableArgument.Create();

    private static readonly Argument<string> Worker = new("WORKER")
    {
        Description = "A process id, a role, or # and a worker's id as 'workers' shows it.",
    };

    private static readonly Option<double> Patience = OwnerChangeOutput.PatienceOption();

    public static Command Create()
    {
        var command = new ExampleCommand(
            "give",
            "Move a table to another worker.",
            """
            The owner is told to give it away: its writes in flight finish, later ones are refused, and the other worker owns the
            table when the command returns. An owner that does not react keeps the table; nothing is taken from the living.
            """,
            new Example("etspersist give accounts billing", "To a worker of a role, one that waits if there is one."))
        {
            Table, Worker, Patience,
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
        var worker = WorkerChoice.Find(parsed.GetValue(Worker)!, manager.ListWorkers(), before.OwnerProcessId);
        manager.Operate(new OperateTableMessage(before.Name, TableOperation.Give, worker.ProcessId, worker.WorkerId));
        var after = await change.AwaitAsync(now => OwnerChange.IsTaken(before, now), patience, cancellationToken).ConfigureAwait(false);
        OwnerChangeOutput.Write(parsed, before, after ?? throw OwnerChangeOutput.NotInTime(before));
        return ExitCode.Success;
    }
}
