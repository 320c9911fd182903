namespace EtsPersist.Mmf.Bench.Measuring;

/// <summary>A histogram in five numbers.</summary>
internal sealed record Latencies
{
    public required long Samples { get; init; }

    public required double MedianNanoseconds { get; init; }

    public required double P99Nanoseconds { get; init; }

    public required double P9999Nanoseconds { get; init; }

    public required double LongestNanoseconds { get; init; }

    public static Latencies Of(LatencyHistogram histogram) => new()
    {
        Samples = histogram.Samples,
        MedianNanoseconds = histogram.QuantileNanoseconds(0.5),
        P99Nanoseconds = histogram.QuantileNanoseconds(0.99),
        P9999Nanoseconds = histogram.QuantileNanoseconds(0.9999),
        LongestNanoseconds = histogram.LongestNanoseconds,
    };

    /// <summary>The median of each number.</summary>
    public static Latencies MedianOf(IReadOnlyList<Latencies> runs) => new()
    {
        Samples = (long)Statistics.Median(runs.Select(run => (double)run.Samples)),
        MedianNanoseconds = Statistics.Median(runs.Select(run => run.MedianNanoseconds)),
        P99Nanoseconds = Statistics.Median(runs.Select(run => run.P99Nanoseconds)),
        P9999Nanoseconds = Statistics.Median(runs.Select(run => run.P9999Nanoseconds)),
        LongestNanoseconds = Statistics.Median(runs.Select(run => run.LongestNanoseconds)),
    };
}
