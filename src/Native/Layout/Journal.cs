using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// One writer thread's journal: what it is about to do, so that whoever finds it dead can finish or undo it, and its free blocks.
/// </summary>
/// <remarks>
/// <code>
/// 0     state | bucket | lane | store | new | old | spare | count
/// 64    count after | chain | next | freed | transfer | transferred | partner | structure
/// 128   free lists, one word a size class
/// 768   chunks, one word a size class
/// 1408  batch word
/// 1472  lease
/// 1536  reserved                                                              2048
/// </code>
/// bucket and partner are the bucket's number + 1, or where the node begins. lane is an offset, store what the operation stores there: the operation is done exactly if
/// the lane holds it. new, old and spare name blocks. chain, next and freed belong to batches and splits.
/// lease says whether a thread is at work: <see cref="Engine.Journals.JournalLeases"/>.
///
/// <para><b>One row.</b> armed {bucket} → lock → new → old → store, count after, lane → THE STORE → committed → count → unlock → free old → idle.
/// A kill leaves: armed without the lock, nothing to do (a new block is free again); armed with the lock, done if the lane holds the store,
/// else undone; committed, unlock and free old.</para>
/// <para><b>Split.</b> <see cref="Engine.Hashing.BucketSplitter{TMemory}"/>, <see cref="Engine.Ordered.NodeSplitter{TMemory}"/>. <b>Batch.</b> <see cref="Engine.Batches.BatchWriter{TMemory}"/>.</para>
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = TableGeometry.JournalBytes)]
internal unsafe struct Journal
{
    [FieldOffset(0)] public ulong State;
    [FieldOffset(8)] public ulong Bucket;
    [FieldOffset(16)] public ulong Lane;
    [FieldOffset(24)] public ulong Store;
    [FieldOffset(32)] public ulong New;
    [FieldOffset(40)] public ulong Old;
    [FieldOffset(48)] public ulong Spare;
    [FieldOffset(56)] public ulong Count;
    [FieldOffset(64)] public ulong CountAfter;
    [FieldOffset(72)] public ulong Chain;
    [FieldOffset(80)] public ulong Next;
    [FieldOffset(88)] public ulong Freed;
    [FieldOffset(96)] public ulong Transfer;
    [FieldOffset(104)] public ulong Transferred;
    [FieldOffset(112)] public ulong Partner;
    [FieldOffset(120)] public ulong Structure;
    [FieldOffset(128)] public fixed ulong FreeLists[80];
    [FieldOffset(768)] public fixed ulong Chunks[80];
    [FieldOffset(1408)] public ulong Batch;
    [FieldOffset(1472)] public ulong Lease;
}
