using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>
/// Optimistic reads of an ordered table: no store, no lock, no slot.
/// </summary>
/// <remarks>
/// Protocol: the leaf, as <see cref="TreeDescent{TMemory}"/> finds it → lane → bounds → copy → meta word and lane again. The copy counts if the leaf's
/// version is the same (the lock is ignored) and the lane still holds the same reference; for the reasons told with <see cref="HashReader{TMemory}"/>.
/// Pairs with the stores of <see cref="TreeWriter{TMemory}"/>, <see cref="NodeSplitter{TMemory}"/> and <see cref="TreeBatch{TMemory}"/>.
/// </remarks>
internal static unsafe class TreeReader<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Copies the value of a key, if it is there and fits. <paramref name="length"/> is the value's, unless the key is missing.</summary>
    public static ReadStatus Read(TableSpace space, ReadOnlySpan<byte> key, Span<byte> destination, out int length) =>
        Read(space, new OrderedKey(key), destination, copy: true, out length);

    /// <summary>Whether the key is there.</summary>
    public static bool Contains(TableSpace space, ReadOnlySpan<byte> key) =>
        Read(space, new OrderedKey(key), default, copy: false, out _) == ReadStatus.Found;

    private static ReadStatus Read(TableSpace space, in OrderedKey key, Span<byte> destination, bool copy, out int length)
    {
        ReadStatus status;
        NodeView leaf;
        var lost = default(LostAttempts<TMemory>);
        while (!TryRead(space, key, destination, copy, out leaf, out status, out length))
            lost.Add(space, leaf.Meta, TreeDescent<TMemory>.MetaOf(leaf.Node));
        return status;
    }

    /// <summary>One attempt; false if a writer was quicker.</summary>
    private static bool TryRead(
        TableSpace space, in OrderedKey key, Span<byte> destination, bool copy, out NodeView leaf, out ReadStatus status, out int length)
    {
        status = ReadStatus.Missing;
        length = 0;
        leaf = TreeDescent<TMemory>.Find(space, key, TreeDescent.LeafLevel, strictly: false);
        if (!NodeSearch<TMemory>.TryFind(space, leaf, key, out var position, out var exact))
        {
            TreeDescent<TMemory>.RequireChanged(space, leaf);
            return false;
        }
        if (!exact)
            return IsUnchanged(leaf);
        var lane = &leaf.Node->References[leaf.Order[position]];
        var reference = new Reference(TMemory.Read(lane));
        var slabsEnd = (long)TMemory.Read(&space.Header->SlabsReserved);
        if (!Record<TMemory>.TryReadHeader(space, reference.Offset, slabsEnd, out var header))
        {
            TreeDescent<TMemory>.RequireChanged(space, leaf);
            return false;
        }
        var offset = reference.Offset;
        if (reference.IsPending && !PendingReads<TMemory>.TryResolve(space, slabsEnd, ref offset, ref header))
        {
            TreeDescent<TMemory>.RequireChanged(space, leaf, lane, reference);
            return false;
        }
        if (offset != 0)
        {
            status = ReadStatus.Found;
            length = (int)header.ValueBytes;
            if (copy && (uint)length > (uint)destination.Length)
                status = ReadStatus.DestinationTooSmall;
            else if (copy)
                Record<TMemory>.CopyValue(space, offset, header, destination);
        }
        return IsUnchanged(leaf) && TMemory.Read(lane) == reference.Bits;
    }

    private static bool IsUnchanged(in NodeView leaf)
    {
        TMemory.ReadBarrier();
        return leaf.Meta.SameContents(TMemory.Read(&leaf.Node->Meta));
    }
}
