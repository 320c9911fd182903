using System.Diagnostics;
using EtsPersist.Mmf.Bench.Measuring;

namespace EtsPersist.Mmf.Bench.Growth;

/// <summary>A loop that only looks at the clock: whatever it finds between two looks was not done by a table.</summary>
internal static class IdleMachine
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    public static LatencyHistogram Listen()
    {
        var gaps = new LatencyHistogram();
        var started = Stopwatch.GetTimestamp();
        var before = started;
        while (before - started < Duration.TotalSeconds * Stopwatch.Frequency)
        {
            var after = Stopwatch.GetTimestamp();
            gaps.Record(after - before);
            before = after;
        }
        return gaps;
    }
}
