namespace EtsPersist.Mmf.Native.Layout;

/// <summary>What a journal does with the shared allocator state while it holds the allocator's lock.</summary>
internal enum TransferKind : byte
{
    None = 0,
    TakeChunk = 1,
    TakeBundle = 2,
    GiveBundle = 3,
}
