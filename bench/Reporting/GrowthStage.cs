namespace EtsPersist.Mmf.Bench.Reporting;

/// <summary>The inserts between two sizes of a table, one at a time.</summary>
internal sealed record GrowthStage
{
    public required long FromRows { get; init; }

    public required long ToRows { get; init; }

    /// <summary>What the table had reserved at the stage's end, for each row.</summary>
    public required double BytesPerRow { get; init; }

    public required double MedianNanoseconds { get; init; }

    public required double P99Nanoseconds { get; init; }

    public required double P9999Nanoseconds { get; init; }

    public required double LongestNanoseconds { get; init; }

    public required long LongestAtRow { get; init; }
}
