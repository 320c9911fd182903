using System.Diagnostics;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// One clock for all processes of the machine, which nobody sets. Linux: CLOCK_MONOTONIC, which is what <see cref="Stopwatch"/> reads
/// there. Windows: the performance counter, which is one for the whole system. It measures; it never decides that a process is dead.
/// </summary>
public static class MonotonicClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds since a moment that is the same for all processes of one boot. Threads: any. Allocation: none.</summary>
    public static long Now => FromTimestamp(Stopwatch.GetTimestamp());

    /// <summary>
    /// The same moment as a <see cref="Stopwatch"/> timestamp, which is what <see cref="ProcessDeath"/> carries, in nanoseconds.
    /// </summary>
    /// <param name="timestamp">A value of <see cref="Stopwatch.GetTimestamp"/>.</param>
    public static long FromTimestamp(long timestamp) => Stopwatch.Frequency == NanosecondsPerSecond
        ? timestamp
        : (long)((Int128)timestamp * NanosecondsPerSecond / Stopwatch.Frequency);
}
