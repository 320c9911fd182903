namespace EtsPersist.Mmf.Native;

/// <summary>How far the walk through a table file has come. Reported a thousand times at most, on the thread that walks.</summary>
/// <param name="Bytes">The bytes of buckets and blocks that are accounted for. In a damaged file it may end below the total.</param>
/// <param name="TotalBytes">How many there are: the buckets of the index and all blocks of the slabs.</param>
public readonly record struct VerifyProgress(long Bytes, long TotalBytes);
