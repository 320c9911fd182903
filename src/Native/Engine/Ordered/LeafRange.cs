namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>What a scan wants of a leaf.</summary>
internal readonly ref struct LeafRange(KeyBound low, KeyBound high, int limit, RowParts parts = RowParts.All)
{
    public readonly KeyBound Low = low;
    public readonly KeyBound High = high;

    /// <summary>The most rows that the page is to have.</summary>
    public readonly int Limit = limit;

    /// <summary>What is wanted of each row.</summary>
    public readonly RowParts Parts = parts;

    /// <summary>Whether nothing behind a leaf with this high is wanted.</summary>
    public bool EndsBefore(ulong high) => !High.IsNone && OrderedKey.PrefixOf(High.Key) < high;
}
