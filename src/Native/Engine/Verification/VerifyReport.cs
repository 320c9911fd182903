namespace EtsPersist.Mmf.Native;

/// <summary>What a walk through a whole table file found. Every byte of the slabs is in exactly one of the sums.</summary>
public sealed record VerifyReport
{
    /// <summary>The rows that can be reached.</summary>
    public long Rows { get; init; }

    /// <summary>The buckets of the index; none in an ordered table.</summary>
    public long Buckets { get; init; }

    /// <summary>The overflow buckets.</summary>
    public long OverflowBuckets { get; init; }

    /// <summary>The nodes of an ordered table's tree.</summary>
    public long Nodes { get; init; }

    /// <summary>Bytes of the slabs in use, from their start to the slab cursor.</summary>
    public long SlabBytes { get; init; }

    /// <summary>Of these: blocks of rows, overflow buckets and nodes that can be reached.</summary>
    public long ReachableBytes { get; init; }

    /// <summary>Of these: blocks in free lists, pools and chunks.</summary>
    public long FreeBytes { get; init; }

    /// <summary>Of these: headers of chunks and what is left over at their ends.</summary>
    public long OverheadBytes { get; init; }

    /// <summary>Of these: blocks that nothing names. 0 in a sound table.</summary>
    public long LeakedBytes { get; init; }

    /// <summary>What is wrong, a sentence each; empty for a sound table.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => Problems.Count == 0;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Rows} rows, {(Nodes == 0 ? $"{Buckets} buckets (+{OverflowBuckets})" : $"{Nodes} nodes")}, slabs {SlabBytes} = reachable {ReachableBytes} + free {FreeBytes} + overhead {OverheadBytes} + leaked {LeakedBytes}"
        + (IsSound ? ", sound" : $", {Problems.Count} problems: {string.Join("; ", Problems.Take(5))}");
}
