using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>A store that was made.</summary>
/// <param name="Site">Where it stands in the source.</param>
/// <param name="First">The moment before its first part.</param>
/// <param name="Parts">How many parts it has.</param>
/// <param name="Kind">What is promised of its order.</param>
internal readonly record struct RecordedStore(StoreSite Site, int First, int Parts, StoreKind Kind)
{
    public bool IsFill => Kind == StoreKind.Fill;

    /// <summary>The moment behind its last part.</summary>
    public int End => First + Parts;
}
