using System.Diagnostics;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Measuring;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.Bench.Bags;

/// <summary>A table of long → long whose rows are inserted and looked up in timed runs.</summary>
internal sealed class TimedRows(TableDirectory directory, TableKind kind) : IDisposable
{
    private readonly ScanPage _page = new();
    private readonly TableFile _file = TableFile.Create(
        directory.NextTablePath(), "bench", 1, new TableFileOptions { Kind = kind, Access = TableAccess.Public });

    public long Count => _file.Count;

    /// <summary>Inserts rows whose key and value follow from their number.</summary>
    public Sample Insert(long first, int rows, Func<long, (long Key, long Value)> row) => Time(rows, () => InsertRows(first, rows, row));

    /// <summary>Looks keys up, each with all its rows.</summary>
    /// <returns>The time for each key.</returns>
    public Sample Lookup(int keys, Func<int, long> keyAt, int rowsOfEach) => Time(keys, () => LookupKeys(keys, keyAt, rowsOfEach));

    public void Dispose() => _file.Dispose();

    private static Sample Time(int operations, Action run)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        run();
        var elapsed = Stopwatch.GetElapsedTime(started);
        processor = Environment.CpuUsage.TotalTime - processor;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new Sample(elapsed.TotalNanoseconds / operations, processor.TotalNanoseconds / operations, allocated / (double)operations);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void InsertRows(long first, int rows, Func<long, (long Key, long Value)> row)
    {
        Span<byte> bytes = stackalloc byte[2 * sizeof(long)];
        for (var number = first; number < first + rows; number++)
        {
            var (key, value) = row(number);
            BitConverter.TryWriteBytes(bytes, key);
            BitConverter.TryWriteBytes(bytes[sizeof(long)..], value);
            _file.Insert(bytes[..sizeof(long)], bytes[sizeof(long)..]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LookupKeys(int keys, Func<int, long> keyAt, int rowsOfEach)
    {
        Span<byte> key = stackalloc byte[sizeof(long)];
        for (var number = 0; number < keys; number++)
        {
            BitConverter.TryWriteBytes(key, keyAt(number));
            if (_file.Lookup(key, _page) != rowsOfEach)
                throw new InvalidOperationException($"A key has {_page.Count} rows where {rowsOfEach} were inserted.");
        }
    }
}
