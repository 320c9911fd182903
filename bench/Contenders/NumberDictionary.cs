using System.Collections.Concurrent;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Contenders;

/// <summary>Theirs, long → long.</summary>
internal readonly struct NumberDictionary(KeySet<long> keys) : IContender
{
    private readonly ConcurrentDictionary<long, long> _table = new();
    private readonly long[] _inserted = keys.Inserted, _visited = keys.Visited, _missing = keys.Missing;

    public int Rows => _inserted.Length;

    public bool InsertNew(int index)
    {
        var key = _inserted[index];
        return _table.TryAdd(key, key);
    }

    public bool Get(int index)
    {
        var key = _visited[index];
        return _table.TryGetValue(key, out var value) && value == key;
    }

    public bool GetMissing(int index) => !_table.TryGetValue(_missing[index], out _);

    public bool Overwrite(int index)
    {
        _table[_visited[index]] = index;
        return true;
    }

    public bool Count(int index)
    {
        _table.AddOrUpdate(_visited[index], 1, static (_, value) => value + 1);
        return true;
    }

    public bool Delete(int index) => _table.TryRemove(_visited[index], out _);

    public void Dispose()
    {
    }
}
