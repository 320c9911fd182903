using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Contenders;

/// <summary>Ours, long → long.</summary>
internal readonly struct NumberTable(KeySet<long> keys, TableDirectory directory) : IContender
{
    private readonly EtsTable<long, long> _table = OwnedTable.Create<long, long>(directory);
    private readonly long[] _inserted = keys.Inserted, _visited = keys.Visited, _missing = keys.Missing;

    public int Rows => _inserted.Length;

    public bool InsertNew(int index)
    {
        var key = _inserted[index];
        return _table.InsertNew(key, key);
    }

    public bool Get(int index)
    {
        var key = _visited[index];
        return _table.TryGet(key, out var value) && value == key;
    }

    public bool GetMissing(int index) => !_table.TryGet(_missing[index], out _);

    public bool Overwrite(int index)
    {
        _table.Insert(_visited[index], index);
        return true;
    }

    public bool Count(int index)
    {
        _table.UpdateCounter(_visited[index], 1);
        return true;
    }

    public bool Delete(int index) => _table.Delete(_visited[index]);

    public void Dispose() => _table.Dispose();
}
