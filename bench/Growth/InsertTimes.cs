using EtsPersist.Mmf.Bench.Measuring;
using EtsPersist.Mmf.Bench.Reporting;

namespace EtsPersist.Mmf.Bench.Growth;

/// <summary>
/// The times of a stage's inserts: of all, and of those in whose thousand the kernel kept the thread waiting for a processor at most a moment,
/// so that the table can be told from the other programs of a busy machine.
/// </summary>
internal sealed class InsertTimes : IDisposable
{
    private const long MomentNanoseconds = 10_000;

    private readonly ProcessorWait _wait = new();
    private readonly LatencyHistogram _all = new();
    private readonly LatencyHistogram _undisturbed = new();
    private long _longestAtRow;
    private long _waitedBefore;

    /// <summary>The ticks of the inserts of one call; filled by the timed loop.</summary>
    public long[] Ticks { get; } = new long[GrowthRun.RowsPerCall];

    public void BeforeCall() => _waitedBefore = _wait.Nanoseconds;

    public void AfterCall(long firstRow)
    {
        var undisturbed = _wait.Nanoseconds - _waitedBefore <= MomentNanoseconds;
        for (var index = 0; index < Ticks.Length; index++)
        {
            if (Ticks[index] > _all.LongestTicks)
                _longestAtRow = firstRow + index;
            _all.Record(Ticks[index]);
            if (undisturbed)
                _undisturbed.Record(Ticks[index]);
        }
    }

    public GrowthStage Stage(long fromRows, long toRows, double bytesPerRow) => new()
    {
        FromRows = fromRows,
        ToRows = toRows,
        BytesPerRow = bytesPerRow,
        All = Latencies.Of(_all),
        Undisturbed = Latencies.Of(_undisturbed),
        LongestAtRow = _longestAtRow,
    };

    public void Dispose() => _wait.Dispose();
}
