namespace EtsPersist.Mmf.Replay;

/// <summary>What the driver and a worker say to each other beside operations and answers, which are JSON.</summary>
internal static class WorkerWords
{
    /// <summary>The worker has asked the manager for the table.</summary>
    public const string Waiting = "waiting";

    /// <summary>The table has arrived at the worker.</summary>
    public const string Owned = "owned";

    /// <summary>The worker is to close the table and ask for it again.</summary>
    public const string Release = "release";
}
