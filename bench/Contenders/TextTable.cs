using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Contenders;

/// <summary>Ours, 16-byte string → 64 bytes.</summary>
internal readonly struct TextTable(KeySet<string> keys, TableDirectory directory) : IContender
{
    private readonly EtsTable<string, Payload> _table = OwnedTable.Create<string, Payload>(directory);
    private readonly string[] _inserted = keys.Inserted, _visited = keys.Visited, _missing = keys.Missing;

    public int Rows => _inserted.Length;

    public bool InsertNew(int index) => _table.InsertNew(_inserted[index], Payload.Of(index));

    public bool Get(int index) => _table.TryGet(_visited[index], out var value) && value.Last == Payload.Mark;

    public bool GetMissing(int index) => !_table.TryGet(_missing[index], out _);

    public bool Overwrite(int index)
    {
        _table.Insert(_visited[index], Payload.Of(index));
        return true;
    }

    public bool Count(int index) => throw new NotSupportedException("64 bytes are no counter.");

    public bool Delete(int index) => _table.Delete(_visited[index]);

    public void Dispose() => _table.Dispose();
}
