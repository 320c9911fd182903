namespace EtsPersist.Mmf.Harness.Records;

/// <summary>A commit that returned.</summary>
/// <param name="Position">The position that the batch stored.</param>
/// <param name="Nanoseconds">When it was known, by the monotonic clock.</param>
internal readonly record struct Acknowledgement(long Position, long Nanoseconds);
