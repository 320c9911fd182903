using System.Diagnostics;
using System.Numerics;

namespace EtsPersist.Mmf.Bench.Measuring;

/// <summary>
/// How often an operation took how long: exact up to 63 ticks, then 32 steps to each doubling, so within 3 %. Recording allocates nothing.
/// A quantile is the upper edge of its step, and no more than the longest.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 5;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[(64 - StepBits + 1) * Steps];

    public long Samples { get; private set; }

    public long LongestTicks { get; private set; }

    public double LongestNanoseconds => Nanoseconds(LongestTicks);

    public void Record(long ticks)
    {
        _counts[StepOf(ticks)]++;
        Samples++;
        if (ticks > LongestTicks)
            LongestTicks = ticks;
    }

    /// <summary>The time within which this share of the operations was done.</summary>
    public double QuantileNanoseconds(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Samples));
        var seen = 0L;
        for (var step = 0; step < _counts.Length; step++)
        {
            seen += _counts[step];
            if (seen >= wanted)
                return Nanoseconds(Math.Min(UpperEdge(step), LongestTicks));
        }
        return 0;
    }

    private static int StepOf(long ticks)
    {
        var value = (ulong)Math.Max(ticks, 0);
        var shift = Math.Max(0, BitOperations.Log2(value | 1) - StepBits);
        return (shift << StepBits) + (int)(value >> shift);
    }

    private static long UpperEdge(int step)
    {
        var shift = Math.Max(0, (step >> StepBits) - 1);
        return ((step - ((long)shift << StepBits) + 1) << shift) - 1;
    }

    private static double Nanoseconds(long ticks) => ticks * (1e9 / Stopwatch.Frequency);
}
