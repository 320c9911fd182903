using EtsPersist.Mmf.Bench.Measuring;

namespace EtsPersist.Mmf.Bench.Reporting;

/// <summary>Some runs from empty to the largest size.</summary>
internal sealed record GrowthResult
{
    public required string RowType { get; init; }

    /// <summary>Each run's stages.</summary>
    public required IReadOnlyList<IReadOnlyList<GrowthStage>> Runs { get; init; }

    /// <summary>The gaps between two looks at the clock of a loop that did nothing else, before each run: what the machine adds by itself.</summary>
    public required IReadOnlyList<Latencies> Idle { get; init; }

    /// <summary>The median of the runs, stage by stage.</summary>
    public IReadOnlyList<GrowthStage> Median => [.. Enumerable.Range(0, Runs[0].Count).Select(stage => Runs[0][stage] with
    {
        BytesPerRow = Statistics.Median(Runs.Select(run => run[stage].BytesPerRow)),
        All = Latencies.MedianOf([.. Runs.Select(run => run[stage].All)]),
        Undisturbed = Latencies.MedianOf([.. Runs.Select(run => run[stage].Undisturbed)]),
        LongestAtRow = -1,
    })];

    /// <summary>The run whose slowest insert was the fastest: where the machine disturbed least. The first is 0.</summary>
    public int QuietestRun => Enumerable.Range(0, Runs.Count).MinBy(run => Longest(Runs[run], stage => stage.All));

    /// <summary>The 99.99th percentile of the last tenth by that of the last tenth a decade before, each run's; the median of the runs.</summary>
    public double P9999Ratio => RatioOf(stage => stage.All);

    public double UndisturbedP9999Ratio => RatioOf(stage => stage.Undisturbed);

    /// <summary>The slowest insert of all runs.</summary>
    public double LongestNanoseconds => Runs.Max(run => Longest(run, stage => stage.All));

    public double UndisturbedLongestNanoseconds => Runs.Max(run => Longest(run, stage => stage.Undisturbed));

    private static double Longest(IReadOnlyList<GrowthStage> run, Func<GrowthStage, Latencies> of) => run.Max(stage => of(stage).LongestNanoseconds);

    private double RatioOf(Func<GrowthStage, Latencies> of) =>
        Statistics.Median(Runs.Select(run => of(run[^1]).P9999Nanoseconds / of(run[^3]).P9999Nanoseconds));
}
