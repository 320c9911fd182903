using System.Diagnostics;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Measuring;
using EtsPersist.Mmf.Bench.Rows;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.Bench.Ranges;

/// <summary>An ordered table of long → long, whose keys were inserted in random order.</summary>
internal sealed class OrderedNumbers : IDisposable
{
    private const int RowsPerCall = 1_000;

    private readonly TableFile _file;
    private readonly ICodec<long> _keys = Codecs.ForOrderedKey<long>();
    private readonly ICodec<long> _values = Codecs.ForValue<long>();
    private readonly KeySet<long> _rows;
    private readonly ScanPage _page = new();
    private long _found;

    public OrderedNumbers(TableDirectory directory, int rows)
    {
        _rows = KeySet<long>.Make(rows, KeySequence.Number);
        var options = new TableFileOptions { Kind = TableKind.OrderedSet, Access = TableAccess.Public };
        _file = TableFile.Create(directory.NextTablePath(), "bench", 1, options);
        Span<byte> key = stackalloc byte[sizeof(long)];
        Span<byte> value = stackalloc byte[sizeof(long)];
        foreach (var number in _rows.Inserted)
        {
            _keys.Encode(number, key);
            _values.Encode(~number, value);
            _file.Insert(key, value);
        }
    }

    /// <summary>Reads every row by its key, in random order.</summary>
    public Sample Lookup() => Time(() =>
    {
        for (var from = 0; from < _rows.Visited.Length; from += RowsPerCall)
            Lookup(from);
    });

    /// <summary>Reads every row in the order of the keys, or against it.</summary>
    public Sample Scan(bool backward) => Time(() =>
    {
        var cursor = default(RangeCursor);
        bool more;
        do
        {
            more = _file.ScanRange(ref cursor, KeyBound.None, KeyBound.None, backward, _page);
            ReadPage();
        }
        while (more);
    });

    public void Dispose() => _file.Dispose();

    private Sample Time(Action pass)
    {
        var rows = _rows.Visited.Length;
        _found = 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        pass();
        var elapsed = Stopwatch.GetElapsedTime(started);
        processor = Environment.CpuUsage.TotalTime - processor;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return _found == rows
            ? new Sample(elapsed.TotalNanoseconds / rows, processor.TotalNanoseconds / rows, allocated / (double)rows)
            : throw new InvalidOperationException($"{_found} of {rows} rows were found.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Lookup(int from)
    {
        Span<byte> key = stackalloc byte[sizeof(long)];
        Span<byte> value = stackalloc byte[sizeof(long)];
        for (var index = from; index < from + RowsPerCall; index++)
        {
            var number = _rows.Visited[index];
            _keys.Encode(number, key);
            if (_file.Read(key, value, out var length) == ReadStatus.Found && _values.Decode(value[..length]) == ~number)
                _found++;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadPage()
    {
        for (var row = 0; row < _page.Count; row++)
        {
            if (_values.Decode(_page.Value(row)) == ~_keys.Decode(_page.Key(row)))
                _found++;
        }
    }
}
