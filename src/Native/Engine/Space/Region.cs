namespace EtsPersist.Mmf.Native.Engine.Space;

/// <summary>The regions of a file that grow, each with its watermark in the header.</summary>
internal enum Region
{
    /// <summary>The writers' journals.</summary>
    Journals,

    /// <summary>The buckets.</summary>
    Index,

    /// <summary>The chunks of blocks.</summary>
    Slabs,
}
