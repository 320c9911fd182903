using System.Collections.Concurrent;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Contenders;

/// <summary>Theirs, 16-byte string → 64 bytes.</summary>
internal readonly struct TextDictionary(KeySet<string> keys) : IContender
{
    private readonly ConcurrentDictionary<string, Payload> _table = new();
    private readonly string[] _inserted = keys.Inserted, _visited = keys.Visited, _missing = keys.Missing;

    public int Rows => _inserted.Length;

    public bool InsertNew(int index) => _table.TryAdd(_inserted[index], Payload.Of(index));

    public bool Get(int index) => _table.TryGetValue(_visited[index], out var value) && value.Last == Payload.Mark;

    public bool GetMissing(int index) => !_table.TryGetValue(_missing[index], out _);

    public bool Overwrite(int index)
    {
        _table[_visited[index]] = Payload.Of(index);
        return true;
    }

    public bool Count(int index) => throw new NotSupportedException("64 bytes are no counter.");

    public bool Delete(int index) => _table.TryRemove(_visited[index], out _);

    public void Dispose()
    {
    }
}
