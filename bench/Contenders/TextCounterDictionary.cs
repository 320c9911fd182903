using System.Collections.Concurrent;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Contenders;

/// <summary>Theirs, 16-byte string → long.</summary>
internal readonly struct TextCounterDictionary(KeySet<string> keys) : IContender
{
    private readonly ConcurrentDictionary<string, long> _table = new();
    private readonly string[] _inserted = keys.Inserted, _visited = keys.Visited, _missing = keys.Missing;

    public int Rows => _inserted.Length;

    public bool InsertNew(int index) => _table.TryAdd(_inserted[index], index);

    public bool Get(int index) => _table.TryGetValue(_visited[index], out var value) && value >= 0;

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
