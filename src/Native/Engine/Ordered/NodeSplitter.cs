using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>
/// Splits full nodes.
/// </summary>
/// <remarks>
/// Protocol: armed → lock the node → a record for the key at which it is cut (a leaf only; an inner node takes the low of the child there) → a new
/// node, <i>born locked</i>, with the lanes from the cut on → THE STORE: the new node becomes the right sibling → committed → high → order without
/// what is in the sibling now → unlock both → none. Then, as an operation of its own, the parent gets an entry
/// (<see cref="ParentEntries{TMemory}"/>).
/// The rows are the same at every moment: before the store the sibling cannot be reached, behind it both have them until the order is cut, and both
/// are locked as long. A reader that reads order, high and right in this order therefore finds every row (<see cref="TreeDescent{TMemory}"/>).
/// A kill before the store leaves two blocks to free, behind it the rest to do; recovery tells the one from the other by the right sibling.
/// A key behind all others of the last node of a level is where that node is cut, so that ascending inserts leave full nodes behind.
/// </remarks>
internal static unsafe class NodeSplitter<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Makes room for a key in a full node, unless somebody else has meanwhile. The writer holds no lock.</summary>
    /// <exception cref="TableFullException">There is no space for a node.</exception>
    /// <exception cref="TableBusyException">A living process did not let go in time.</exception>
    public static void Split(Writer writer, TreeNode* node, in OrderedKey key)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var lowClass = 0;
        while (true)
        {
            EnsureBlocks(writer, lowClass);
            TMemory.Fill(&journal->Structure, (ulong)StructureState.SplitArmed);
            var view = NodeLock<TMemory>.LockNode(writer, node);
            var cut = CutOf(view, space, key);
            var low = view.Order.IsFull ? LowAt(space, view, cut, key) : default;
            var needed = SizeClasses.ClassOf(Record<TMemory>.BlockBytes(view.IsLeaf ? low.Length : 0, 0, trailer: false));
            if (view.Order.IsFull && needed <= lowClass)
            {
                var right = Build(writer, view, cut, low, lowClass);
                TMemory.Write(&node->Right, (ulong)space.OffsetOf(right)); // commit; pairs with TreeDescent.IsBeyond
                TMemory.Release(&journal->Structure, (ulong)StructureState.SplitCommitted);
                FinishCommitted(writer);
                ParentEntries<TMemory>.Add(writer, right);
                return;
            }
            NodeLock<TMemory>.Unlock(node, view.Meta, unlinked: false);
            TMemory.Write(&journal->Structure, (ulong)StructureState.None);
            if (!view.Order.IsFull)
                return;
            lowClass = needed;
        }
    }

    /// <summary>What follows the commit; also the whole of recovery after it. Every step may be repeated.</summary>
    public static void FinishCommitted(Writer writer)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        if (WriterLock<TMemory>.IsHeld(writer, TMemory.Read(&journal->Bucket), out var bucket, out var meta))
        {
            var node = (TreeNode*)bucket;
            var right = TreeDescent<TMemory>.RightOf(space, node);
            if (right == null)
                throw TreeDescent<TMemory>.Damaged(space, node); // the store that commits has been lost
            var low = new OrderedKey(TreeDescent<TMemory>.LowOf(space, right));
            TMemory.Release(&node->High, low.Prefix);
            var order = new NodeOrder(TMemory.Read(&node->Order));
            if (!NodeSearch<TMemory>.TryFind(space, new NodeView(node, meta, order, movedTo: null), low, out var cut, out _))
                throw TreeDescent<TMemory>.Damaged(space, node);
            TMemory.Write(&node->Order, order.Truncate(cut).Bits);
            WriterLock<TMemory>.ReleaseIfHeld(writer, TMemory.Read(&journal->Partner));
            NodeLock<TMemory>.Unlock(node, meta, unlinked: true);
        }
        StructureRecovery<TMemory>.Rest(journal);
    }

    private static void EnsureBlocks(Writer writer, int lowClass)
    {
        BlockSupply<TMemory>.Ensure(writer, SizeClasses.TreeNode, lowClass == SizeClasses.TreeNode ? 2 : 1);
        BlockSupply<TMemory>.Ensure(writer, lowClass);
    }

    /// <summary>The position from which on the lanes move. An inner node keeps and gives at least one.</summary>
    private static int CutOf(in NodeView view, TableSpace space, in OrderedKey key)
    {
        var count = view.Order.Count;
        if (!NodeSearch<TMemory>.TryFind(space, view, key, out var position, out _))
            throw TreeDescent<TMemory>.Damaged(space, view.Node);
        var appends = position == count && TMemory.Read(&view.Node->Right) == 0;
        return !appends ? count / 2 : view.IsLeaf ? count : count - 1;
    }

    /// <summary>The low of what moves: the key that parts the lanes in front of the cut from those behind it.</summary>
    /// <exception cref="CorruptTableException">The keys are not in order. Such a node could be split for ever without having room for the key.</exception>
    private static ReadOnlySpan<byte> LowAt(TableSpace space, in NodeView view, int cut, in OrderedKey key)
    {
        var low = view.IsLeaf ? PartingKey(space, view, cut, key) : TreeDescent<TMemory>.LowOf(space, ChildAt(space, view, cut));
        return NodeSearch<TMemory>.TryFind(space, view, new OrderedKey(low), out var position, out _) && position == cut
            ? low
            : throw TreeDescent<TMemory>.Damaged(space, view.Node);
    }

    /// <summary>The shortest key that parts the rows in front of the cut from those behind it; where no row is behind it, from the new key.</summary>
    private static ReadOnlySpan<byte> PartingKey(TableSpace space, in NodeView leaf, int cut, in OrderedKey key)
    {
        var below = KeyAt(space, leaf, cut - 1);
        var above = cut == leaf.Order.Count ? key.Bytes : KeyAt(space, leaf, cut);
        return above[..Math.Min(below.CommonPrefixLength(above) + 1, above.Length)];
    }

    private static TreeNode* ChildAt(TableSpace space, in NodeView node, int position) =>
        TreeDescent<TMemory>.NodeAt(space, new Reference(TMemory.Read(&node.Node->References[node.Order[position]])).Offset);

    private static ReadOnlySpan<byte> KeyAt(TableSpace space, in NodeView leaf, int position)
    {
        var record = new Reference(TMemory.Read(&leaf.Node->References[leaf.Order[position]])).Offset;
        return Record<TMemory>.TryReadHeader(space, record, (long)TMemory.Read(&space.Header->SlabsReserved), out var header)
            ? Record<TMemory>.Key(space, record, header)
            : throw TreeDescent<TMemory>.Damaged(space, leaf.Node);
    }

    private static TreeNode* Build(Writer writer, in NodeView view, int cut, ReadOnlySpan<byte> low, int lowClass)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var source = view.Node;
        if (view.IsLeaf)
            Record<TMemory>.Fill(space, Take(space, journal, &journal->Spare, lowClass), flags: 0, low, default);
        var block = Take(space, journal, &journal->New, SizeClasses.TreeNode);
        var right = (TreeNode*)space.At(block.Offset);
        TMemory.Fill(&right->Meta, BucketMeta.Free(view.Meta.Level, version: 1).LockedBy(writer.Number).Bits);
        var lanes = 0;
        for (var position = cut; position < view.Order.Count; position++, lanes++)
        {
            TMemory.Fill(&right->Prefixes[lanes], TMemory.Read(&source->Prefixes[view.Order[position]]));
            TMemory.Fill(&right->References[lanes], TMemory.Read(&source->References[view.Order[position]]));
        }
        TMemory.Fill(&right->Order, NodeOrder.Empty.Truncate(lanes).Bits);
        TMemory.Fill(&right->Right, TMemory.Read(&source->Right));
        TMemory.Fill(&right->High, TMemory.Read(&source->High));
        TMemory.Fill(&right->Low, view.IsLeaf
            ? (ulong)new BlockName(TMemory.Read(&journal->Spare)).Offset
            : TMemory.Read(&TreeDescent<TMemory>.NodeAt(space, new Reference(TMemory.Read(&right->References[0])).Offset)->Low));
        TMemory.Fill(&journal->Partner, (ulong)block.Offset);
        return right;
    }

    /// <summary>Takes a block that a register of the journal names first.</summary>
    public static BlockName Take(TableSpace space, Journal* journal, ulong* register, int sizeClass)
    {
        var block = BlockAllocator<TMemory>.Peek(journal, sizeClass);
        TMemory.Fill(register, block.Bits);
        BlockAllocator<TMemory>.Take(space, journal, block);
        return block;
    }
}
