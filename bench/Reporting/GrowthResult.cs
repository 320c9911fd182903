using EtsPersist.Mmf.Bench.Measuring;

namespace EtsPersist.Mmf.Bench.Reporting;

/// <summary>Some runs from empty to the largest size.</summary>
internal sealed record GrowthResult
{
    public required string RowType { get; init; }

    /// <summary>Each run's stages.</summary>
    public required IReadOnlyList<IReadOnlyList<GrowthStage>> Runs { get; init; }

    /// <summary>The longest gap between two looks at the clock by a loop that did nothing else, before each run: what the machine adds by itself.</summary>
    public required IReadOnlyList<double> IdleLongestNanoseconds { get; init; }

    /// <summary>The same loop's 99.99th percentile.</summary>
    public required IReadOnlyList<double> IdleP9999Nanoseconds { get; init; }

    /// <summary>The median of the runs, stage by stage.</summary>
    public IReadOnlyList<GrowthStage> Median => [.. Enumerable.Range(0, Runs[0].Count).Select(stage => Runs[0][stage] with
    {
        BytesPerRow = MedianOf(stage, row => row.BytesPerRow),
        MedianNanoseconds = MedianOf(stage, row => row.MedianNanoseconds),
        P99Nanoseconds = MedianOf(stage, row => row.P99Nanoseconds),
        P9999Nanoseconds = MedianOf(stage, row => row.P9999Nanoseconds),
        LongestNanoseconds = MedianOf(stage, row => row.LongestNanoseconds),
        LongestAtRow = 0,
    })];

    /// <summary>The run whose slowest insert was the fastest: where the machine disturbed least.</summary>
    public int QuietestRun => Enumerable.Range(0, Runs.Count).MinBy(run => Runs[run].Max(stage => stage.LongestNanoseconds));

    /// <summary>The 99.99th percentile of the last tenth by that of the last tenth a decade before, each run's; the median of the runs.</summary>
    public double P9999Ratio => Statistics.Median(Runs.Select(run => run[^1].P9999Nanoseconds / run[^3].P9999Nanoseconds));

    /// <summary>The slowest insert of all runs.</summary>
    public double LongestNanoseconds => Runs.Max(run => run.Max(stage => stage.LongestNanoseconds));

    private double MedianOf(int stage, Func<GrowthStage, double> value) => Statistics.Median(Runs.Select(run => value(run[stage])));
}
