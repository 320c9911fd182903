namespace EtsPersist.Mmf.Peer.Workload;

/// <summary>What both versions of the accounts' rows have.</summary>
internal interface IAccount
{
    string Owner { get; }

    long Balance { get; }

    /// <summary>Which operation wrote the row.</summary>
    long Sequence { get; }
}
