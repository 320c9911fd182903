namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>What happens to a row.</summary>
internal enum RowChangeKind
{
    Insert,
    InsertNew,
    Delete,
    Take,
    Count,
}
