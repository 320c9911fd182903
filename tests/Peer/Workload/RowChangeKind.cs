namespace EtsPersist.Mmf.Peer.Workload;

/// <summary>What happens to a row.</summary>
internal enum RowChangeKind
{
    Insert,
    InsertNew,
    Delete,
    Take,
    Count,
}
