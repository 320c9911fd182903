using EtsPersist.Mmf.Bench.Contenders;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Growth;

/// <summary>16-byte string → 64 bytes.</summary>
internal readonly struct GrowingTexts(TableDirectory directory) : IGrowingTable
{
    private readonly EtsTable<string, Payload> _table = OwnedTable.Create<string, Payload>(directory);
    private readonly string[] _keys = new string[GrowthRun.RowsPerCall];

    public long Count => _table.Count;

    public long BytesReserved => _table.BytesReserved;

    public void Prepare(long firstRow, int rows)
    {
        for (var index = 0; index < rows; index++)
            _keys[index] = KeySequence.Text(firstRow + index);
    }

    public void Insert(int index) => _table.Insert(_keys[index], Payload.Of(index));

    public void Dispose() => _table.Dispose();
}
