using System.Diagnostics;

namespace EtsPersist.Mmf.Harness.Records;

/// <summary>The clock that the driver, the workers and the manager share.</summary>
internal static class MonotonicClock
{
    /// <summary>Nanoseconds since some moment that is the same for all processes of the machine.</summary>
    public static long Nanoseconds => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
}
