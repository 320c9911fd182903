namespace EtsPersist.Mmf;

/// <summary>A registered worker as the manager knows it at one moment.</summary>
public sealed record EtsWorkerInfo
{
    /// <summary>The worker's number, which it keeps as long as it lives, over all its connections. 0 for one of an older version.</summary>
    public required ulong Id { get; init; }

    /// <summary>Its process id as the manager's kernel names it.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The role it is registered under.</summary>
    public required string Role { get; init; }

    /// <summary>Its rank for find-me rules that look at it.</summary>
    public int Priority { get; init; }

    /// <summary>How long it has been registered with this manager.</summary>
    public TimeSpan Registered { get; init; }

    /// <summary>How many tables its process owns.</summary>
    public int Owned { get; init; }

    /// <summary>How many tables it waits for.</summary>
    public int Waiting { get; init; }

    /// <summary>How long ago the manager heard of it last. Workers say something regularly only where the manager's configuration limits their silence.</summary>
    public TimeSpan Silent { get; init; }

    /// <summary>For how many tables it is in quarantine: it let too many offers of them pass, and gets none for a time.</summary>
    public int Quarantines { get; init; }

    /// <summary>For how long yet it is in quarantine for the last of them; zero for none. <see cref="EtsWorker.EndQuarantineAsync"/> of a table ends it.</summary>
    public TimeSpan Quarantine { get; init; }
}
