namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>What an actor does as far as the scheduler is concerned.</summary>
internal enum Activity : byte
{
    NotStarted,
    Running,

    /// <summary>It waits for a store of another one.</summary>
    Pausing,

    /// <summary>It waits until somebody is killed.</summary>
    AwaitingDeath,

    /// <summary>It has come to the end of its script.</summary>
    Ended,

    /// <summary>Its process was killed.</summary>
    Dead,
}
