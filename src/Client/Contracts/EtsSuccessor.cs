namespace EtsPersist.Mmf;

/// <summary>Whom a table is given to, or who inherits it: any worker of a process, or one in particular. ETS: a pid.</summary>
/// <param name="ProcessId">The process id as the manager's kernel names it; 0 where the worker's id says all.</param>
/// <param name="WorkerId">The worker's id, or 0 for whichever of the process waits for the table, else the one that registered first.</param>
public readonly record struct EtsSuccessor(int ProcessId, ulong WorkerId = 0)
{
    /// <summary>A process.</summary>
    public static implicit operator EtsSuccessor(int processId) => FromInt32(processId);

    /// <summary>A process.</summary>
    public static EtsSuccessor FromInt32(int processId) => new(processId);

    /// <summary>One worker.</summary>
    public static EtsSuccessor Of(EtsWorkerInfo worker)
    {
        ArgumentNullException.ThrowIfNull(worker);
        return new EtsSuccessor(worker.ProcessId, worker.Id);
    }
}
