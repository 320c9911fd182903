namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>What a scan copies of the rows that it comes by.</summary>
internal enum RowParts
{
    /// <summary>Keys and values.</summary>
    All,

    /// <summary>Keys alone.</summary>
    Keys,

    /// <summary>Of a bag, the keys of the heads alone.</summary>
    KeysOfHeads,
}
