using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>A store that was made.</summary>
/// <param name="Site">Where it stands in the source.</param>
/// <param name="First">The moment before its first part.</param>
/// <param name="Parts">How many parts it has.</param>
/// <param name="Kind">What is promised of its order.</param>
/// <param name="Start">Where it stores, as an offset or an address.</param>
/// <param name="Bytes">How much.</param>
/// <param name="IsBehindBarrier">Whether there is a barrier directly before it.</param>
internal readonly record struct RecordedStore(StoreSite Site, int First, int Parts, StoreKind Kind, long Start, int Bytes, bool IsBehindBarrier)
{
    public bool IsFill => Kind == StoreKind.Fill;

    /// <summary>Whether both store to the same place, so that their order can never change.</summary>
    public bool Overlaps(in RecordedStore other) => Start < other.Start + other.Bytes && other.Start < Start + Bytes;

    /// <summary>The moment behind its last part.</summary>
    public int End => First + Parts;
}
