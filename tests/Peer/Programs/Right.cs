namespace EtsPersist.Mmf.Peer.Programs;

/// <summary>What a process must be allowed, to take a step.</summary>
internal enum Right
{
    /// <summary>Nothing: how many rows there are is for all to know, as in ETS.</summary>
    None,

    /// <summary>To read.</summary>
    Read,

    /// <summary>To write.</summary>
    Write,
}
