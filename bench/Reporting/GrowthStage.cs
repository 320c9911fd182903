using EtsPersist.Mmf.Bench.Measuring;

namespace EtsPersist.Mmf.Bench.Reporting;

/// <summary>The inserts between two sizes of a table, one at a time.</summary>
internal sealed record GrowthStage
{
    public required long FromRows { get; init; }

    public required long ToRows { get; init; }

    /// <summary>What the table had reserved at the stage's end, for each row.</summary>
    public required double BytesPerRow { get; init; }

    public required Latencies All { get; init; }

    /// <summary>Without the inserts during which other programs had the processor.</summary>
    public required Latencies Undisturbed { get; init; }

    /// <summary>The row of the slowest insert.</summary>
    public required long LongestAtRow { get; init; }
}
