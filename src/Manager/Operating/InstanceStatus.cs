using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Operating;

/// <summary>An instance at one moment, as its manager sees it.</summary>
internal sealed record InstanceStatus(
    WelcomeMessage Manager, StatusMessage Status, IReadOnlyList<TableSummary> Tables, IReadOnlyList<WorkerSummary> Workers)
{
    public static InstanceStatus Ask(OperatorConnection manager) =>
        new(manager.Manager, manager.GetStatus(), manager.ListTables(), manager.ListWorkers());

    /// <param name="directory">The instance.</param>
    /// <param name="limit">How long to wait for each answer; null for <see cref="OperatorConnection.AnswerLimit"/>.</param>
    /// <exception cref="ManagerNotRunningException">Nobody answers.</exception>
    public static InstanceStatus Ask(InstanceDirectory directory, TimeSpan? limit = null)
    {
        using var manager = OperatorConnection.Connect(directory, limit);
        return Ask(manager);
    }

    /// <summary>Asks on another thread, and waits until it is cancelled: a manager that is stopped keeps its connections and answers nothing.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled. What was asked is left to itself.</exception>
    public static Task<InstanceStatus> AskAsync(InstanceDirectory directory, CancellationToken cancellationToken) =>
        Task.Run(() => Ask(directory, Timeout.InfiniteTimeSpan), cancellationToken).WaitAsync(cancellationToken);

    /// <summary>What is not as it should be, a sentence each.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. Tables.Where(table => table.Problem is not null).Select(table => $"Table '{table.Table}' is disabled: {table.Problem}"),
        .. Tables.Where(table => table.QuarantineMilliseconds > 0)
            .Select(table => $"Table '{table.Table}' is in quarantine: its owners kept dying as soon as they had it."),
    ];
}
