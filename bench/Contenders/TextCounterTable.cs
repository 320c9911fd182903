using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Contenders;

/// <summary>Ours, 16-byte string → long.</summary>
internal readonly struct TextCounterTable(KeySet<string> keys, TableDirectory directory) : IContender
{
    private readonly EtsTable<string, long> _table = OwnedTable.Create<string, long>(directory);
    private readonly string[] _inserted = keys.Inserted, _visited = keys.Visited, _missing = keys.Missing;

    public int Rows => _inserted.Length;

    public bool InsertNew(int index) => _table.InsertNew(_inserted[index], index);

    public bool Get(int index) => _table.TryGet(_visited[index], out var value) && value >= 0;

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
