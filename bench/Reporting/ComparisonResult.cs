namespace EtsPersist.Mmf.Bench.Reporting;

/// <summary>One operation of two contenders in one run: medians over the rounds, and the median of the rounds' ratios.</summary>
internal sealed record ComparisonResult
{
    /// <summary>Stable: the operation, as it is named on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>Stable: the types of key and value.</summary>
    public required string RowType { get; init; }

    public required int Rows { get; init; }

    /// <summary>What ours is compared with.</summary>
    public required string Against { get; init; }

    public required int Rounds { get; init; }

    public required double OursNanoseconds { get; init; }

    public required double TheirsNanoseconds { get; init; }

    /// <summary>Ours by theirs: below 1, ours takes less time.</summary>
    public required double Ratio { get; init; }

    public required double LowestRatio { get; init; }

    public required double HighestRatio { get; init; }

    /// <summary>The same of the processor's time: where it differs much from <see cref="Ratio"/>, other programs were in the way.</summary>
    public required double ProcessorRatio { get; init; }

    public required double OursAllocatedBytes { get; init; }

    public required double TheirsAllocatedBytes { get; init; }
}
