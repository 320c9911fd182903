using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>A few actors that work on one table at the same time.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Prepare">Brings the table into the state in which they begin; every writer has a few blocks at hand.</param>
/// <param name="Scripts">What they do.</param>
internal sealed record Scenario(string Name, Action<ActorTable> Prepare, params Script[] Scripts)
{
    /// <summary>How the rows of the table lie.</summary>
    public RowFormat Format { get; init; } = RowFormat.Records;

    /// <summary>The kind of the table.</summary>
    public TableKind Kind { get; init; } = TableKind.Set;

    /// <summary>How often actors are pre-empted when nobody is killed.</summary>
    public int Preemptions { get; init; } = 2;

    /// <summary>How often actors are pre-empted when processes are killed.</summary>
    public int PreemptionsWithKills { get; init; } = 1;

    /// <summary>How many processes are killed.</summary>
    public int Kills { get; init; } = 1;

    /// <summary>Whether it has so many orders that the short budget only draws some.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Whether it splits buckets, which ordered tables do not have.</summary>
    public bool SplitsBuckets { get; init; }

    /// <summary>Whether writers begin without any blocks.</summary>
    public bool IsCold { get; init; }

    /// <summary>The same with entries in the buckets.</summary>
    public Scenario WithEntries() => this with { Name = $"entries: {Name}", Format = RowFormat.Entries(8, 8) };

    /// <summary>The same in a bag of either kind.</summary>
    public Scenario InBag(TableKind kind) =>
        this with { Name = $"{(kind == TableKind.Bag ? "bag" : "duplicate bag")}: {Name}", Format = RowFormat.Ordered, Kind = kind };

    /// <summary>The same in an ordered table.</summary>
    public Scenario InOrder() => this with { Name = $"ordered: {Name}", Format = RowFormat.Ordered };

    public override string ToString() => Name;
}
