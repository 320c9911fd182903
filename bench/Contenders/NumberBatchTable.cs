using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Contenders;

/// <summary>Ours, long → long, written in batches: what one operation of a batch costs, its share of the commit included.</summary>
internal readonly struct NumberBatchTable(KeySet<long> keys, TableDirectory directory) : IContender
{
    public const int BatchSize = 100;

    private readonly NumberBatches _batches = new(OwnedTable.Create<long, long>(directory));
    private readonly long[] _inserted = keys.Inserted, _visited = keys.Visited;

    public int Rows => _inserted.Length;

    public bool InsertNew(int index)
    {
        var key = _inserted[index];
        _batches.Batch.Insert(key, key);
        return _batches.CommitIfFull(BatchSize);
    }

    public bool Get(int index) => throw new NotSupportedException("A batch reads nothing.");

    public bool GetMissing(int index) => throw new NotSupportedException("A batch reads nothing.");

    public bool Overwrite(int index)
    {
        _batches.Batch.Insert(_visited[index], index);
        return _batches.CommitIfFull(BatchSize);
    }

    public bool Count(int index)
    {
        _batches.Batch.UpdateCounter(_visited[index], 1);
        return _batches.CommitIfFull(BatchSize);
    }

    public bool Delete(int index)
    {
        _batches.Batch.Delete(_visited[index]);
        return _batches.CommitIfFull(BatchSize);
    }

    public void Dispose() => _batches.Table.Dispose();
}
