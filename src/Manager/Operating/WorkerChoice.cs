using System.Globalization;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Operating;

/// <summary>The worker that a person means: by process id, by <c>#</c> and the worker's id, or by role.</summary>
internal static class WorkerChoice
{
    /// <summary>Of several it is one that waits for tables, else the one that registered first; never the owner itself.</summary>
    /// <exception cref="WorkerNotFoundException">There is none.</exception>
    public static WorkerSummary Find(string text, IReadOnlyList<WorkerSummary> workers, int? owner)
    {
        var meant = workers.Where(worker => IsMeant(text, worker)).ToArray();
        return meant.Where(worker => worker.ProcessId != owner || text.StartsWith('#')).OrderByDescending(worker => worker.Waiting > 0).FirstOrDefault()
            ?? throw new WorkerNotFoundException(meant.Length > 0
                ? $"The worker '{text}' owns the table already. Name another one, or start one. See: etspersist workers"
                : $"No worker '{text}' is registered. Name a process id, a role, or # and a worker's id. See: etspersist workers");
    }

    private static bool IsMeant(string text, WorkerSummary worker) =>
        text == worker.ProcessId.ToString(CultureInfo.InvariantCulture)
        || text == $"#{worker.WorkerId}"
        || string.Equals(text, worker.Role, StringComparison.OrdinalIgnoreCase);
}
