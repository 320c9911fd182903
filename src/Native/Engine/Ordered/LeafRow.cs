using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>What a writer finds in the leaf that it has locked for a key: the key's lane, or the position where a new row belongs.</summary>
internal readonly unsafe struct LeafRow(NodeView leaf, int position, bool exists)
{
    public readonly NodeView Leaf = leaf;
    public readonly int Position = position;
    public readonly bool Exists = exists;

    public int Lane => Leaf.Order[Position];

    /// <summary>Where the row's reference stands, if it exists.</summary>
    public ulong* Reference => &Leaf.Node->References[Lane];

    /// <summary>Finds a key in a locked leaf.</summary>
    public static LeafRow Find<TMemory>(TableSpace space, NodeView leaf, in OrderedKey key) where TMemory : struct, ISharedMemory =>
        NodeSearch<TMemory>.TryFind(space, leaf, key, out var position, out var exists)
            ? new LeafRow(leaf, position, exists)
            : throw TreeDescent<TMemory>.Damaged(space, leaf.Node);

    /// <summary>Locks the leaf of a key, waiting for the batch that holds the key, if any.</summary>
    public static LeafRow Lock<TMemory>(Writer writer, in OrderedKey key, out Reference reference, out RecordHeader header)
        where TMemory : struct, ISharedMemory
    {
        var space = writer.Space;
        var patience = default(Patience);
        reference = default;
        header = default;
        while (true)
        {
            var row = Find<TMemory>(space, NodeLock<TMemory>.Lock(writer, key, TreeDescent.LeafLevel), key);
            if (!row.Exists)
                return row;
            reference = new Reference(TMemory.Read(row.Reference));
            var slabsEnd = (long)TMemory.Read(&space.Header->SlabsReserved);
            if (!Record<TMemory>.TryReadHeader(space, reference.Offset, slabsEnd, out header) || !header.FitsBlock)
                throw TreeDescent<TMemory>.Damaged(space, row.Leaf.Node);
            if (!reference.IsPending)
                return row;
            var readable = PendingReads<TMemory>.TryReadBatch(space, slabsEnd, reference.Offset, header, out _, out var batch);
            NodeLock<TMemory>.Unlock(row.Leaf.Node, row.Leaf.Meta, unlinked: false);
            if (!readable)
                throw TreeDescent<TMemory>.Damaged(space, row.Leaf.Node);
            WriterLock<TMemory>.WaitFor(writer, batch.Journal, ref patience);
        }
    }

    /// <summary>Fills the free lane of the leaf; nobody sees it until the returned order is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NodeOrder FillFreeLane<TMemory>(in OrderedKey key, Reference reference) where TMemory : struct, ISharedMemory
    {
        var lane = Leaf.Order.FreeLane;
        TMemory.Fill(&Leaf.Node->Prefixes[lane], key.Prefix);
        TMemory.Fill(&Leaf.Node->References[lane], reference.Bits);
        return Leaf.Order.Insert(Position);
    }
}
