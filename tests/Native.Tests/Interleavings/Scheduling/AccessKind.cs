namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>What an actor is about to do at the seam, or ask of the kernel.</summary>
internal enum AccessKind : byte
{
    None,
    Read,
    Write,
    CompareExchange,
    Fill,
    IsHeld,
    TryHold,
    Release,
}
