namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>A process that a death watch is on.</summary>
internal interface IOwnerProcess
{
    /// <summary>Its id as the manager's kernel names it.</summary>
    int ProcessId { get; }

    /// <summary>Whether the kernel has reported its death. Never turns back.</summary>
    bool IsDead { get; }

    /// <summary>How a dead one has ended: its exit code, or 128 plus a signal's number. Null where the kernel does not tell.</summary>
    int? ExitStatus { get; }

    /// <summary>How many tables it owns.</summary>
    int OwnedTables { get; }

    /// <summary>Counts a table that it owns from now on, or no longer.</summary>
    void CountOwned(int change);
}
