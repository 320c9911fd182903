using EtsPersist.Mmf.Bench.Contenders;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Growth;

/// <summary>long → long.</summary>
internal readonly struct GrowingNumbers(TableDirectory directory) : IGrowingTable
{
    private readonly EtsTable<long, long> _table = OwnedTable.Create<long, long>(directory);
    private readonly long[] _keys = new long[GrowthRun.RowsPerCall];

    public long Count => _table.Count;

    public long BytesReserved => _table.BytesReserved;

    public void Prepare(long firstRow, int rows)
    {
        for (var index = 0; index < rows; index++)
            _keys[index] = KeySequence.Number(firstRow + index);
    }

    public void Insert(int index) => _table.Insert(_keys[index], index);

    public void Dispose() => _table.Dispose();
}
