namespace EtsPersist.Mmf.Bench.Contenders;

/// <summary>A table and the batch that is being filled for it.</summary>
internal sealed class NumberBatches(EtsTable<long, long> table)
{
    public EtsTable<long, long> Table { get; } = table;

    public EtsBatch<long, long> Batch { get; } = table.CreateBatch();

    public bool CommitIfFull(int size)
    {
        if (Batch.Count == size)
        {
            Table.Commit(Batch);
            Batch.Clear();
        }
        return true;
    }
}
