using System.Buffers.Binary;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;

namespace EtsPersist.Mmf.Peer.Workload;

/// <summary>Rows that always get one number together, by one batch. The last is a counter, to which each batch adds 1.</summary>
internal sealed class RowGroup
{
    private readonly bool _isCompact;
    private readonly byte[][] _keys;
    private readonly byte[] _value = new byte[Stamp.Most];
    private readonly ScanPage _page = new();

    public RowGroup(string domain, int count)
    {
        _isCompact = RowKeys.IsCompact(domain);
        _keys = [.. Enumerable.Range(0, count).Select(number => RowKeys.Of(domain, number == count - 1 ? 'c' : 's', number))];
    }

    public int Count => _keys.Length;

    public ReadOnlySpan<byte> Key(int row) => _keys[row];

    /// <summary>Fills a batch that gives a number to all rows. Some values are replaced by longer ones.</summary>
    public void Plan(BatchPlan plan, long number)
    {
        plan.Clear();
        for (var row = 0; row < Count - 1; row++)
        {
            var value = _value.AsSpan(0, _isCompact || (number + row) % 3 == 0 ? Stamp.Small : Stamp.LeastLong + (int)(number % 5 * 40));
            Stamp.Write(value, (uint)row, number);
            plan.Insert(_keys[row], value);
        }
        plan.UpdateCounter(_keys[^1], 1, 0);
    }

    /// <summary>The number of a row; 0 before the first, -1 if the row is torn or another's.</summary>
    public long Read(TableFile table, int row)
    {
        var status = table.Read(_keys[row], _value, out var length);
        return status == ReadStatus.Missing ? 0 : NumberOf(_keys[row], _value.AsSpan(0, length));
    }

    /// <summary>Goes through the table and answers the least number; 0 if a row was not there yet, -1 if one was seen twice.</summary>
    public long ReadOldest(TableFile table)
    {
        var oldest = long.MaxValue;
        var seen = 0;
        var cursor = 0UL;
        bool more;
        do
        {
            more = table.Scan(ref cursor, _page);
            for (var row = 0; row < _page.Count; row++, seen++)
                oldest = Math.Min(oldest, NumberOf(_page.Key(row), _page.Value(row)));
        }
        while (more);
        return seen == Count ? oldest : seen < Count ? 0 : -1;
    }

    private static long NumberOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (RowKeys.IsCounter(key))
            return BinaryPrimitives.ReadInt64LittleEndian(value);
        return Stamp.TryRead(value, out _, out var number) ? number : -1;
    }
}
