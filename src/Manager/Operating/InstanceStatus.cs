using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Operating;

/// <summary>An instance at one moment, as its manager sees it.</summary>
internal sealed record InstanceStatus(
    WelcomeMessage Manager, StatusMessage Status, IReadOnlyList<TableSummary> Tables, IReadOnlyList<WorkerSummary> Workers)
{
    public static InstanceStatus Ask(OperatorConnection manager) =>
        new(manager.Manager, manager.GetStatus(), manager.ListTables(), manager.ListWorkers());

    public static InstanceStatus Ask(InstanceDirectory directory)
    {
        using var manager = OperatorConnection.Connect(directory);
        return Ask(manager);
    }

    /// <summary>Asks on another thread, and waits no longer once it is cancelled: a manager that is stopped keeps its connections and answers nothing.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled. What was asked is left to itself.</exception>
    public static Task<InstanceStatus> AskAsync(InstanceDirectory directory, CancellationToken cancellationToken) =>
        Task.Run(() => Ask(directory), cancellationToken).WaitAsync(cancellationToken);

    /// <summary>What is not as it should be, a sentence each.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. Tables.Where(table => table.Problem is not null).Select(table => $"Table '{table.Table}' is disabled: {table.Problem}"),
        .. Tables.Where(table => table.QuarantineMilliseconds > 0)
            .Select(table => $"Table '{table.Table}' is in quarantine: its owners kept dying as soon as they had it."),
    ];
}
