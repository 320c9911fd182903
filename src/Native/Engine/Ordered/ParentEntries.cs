using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>
/// Gives nodes their entries in the level above, and the tree its roots.
/// </summary>
/// <remarks>
/// A node without an entry is reached from its left sibling, one step more on each descent. So an entry is not part of the split: whoever splits adds
/// it afterwards, and if that writer is killed before, or has no space for it, the next writer that comes by from the left does.
/// Protocol of an entry: armed → lock the parent → fill the free lane → THE STORE: its order → unlock → none. A kill leaves a lock to give back.
/// Protocol of a root: armed → lock the root, which is the first node of its level → a new node above it and its sibling, <i>born locked</i> → THE STORE: the
/// header's root → committed → unlock the new root, then the old one → none. Only the holder of the root's lock changes the root, and nobody gets the
/// new root's lock before the journal says committed, so recovery can tell by the header whether the store was made.
/// </remarks>
internal static unsafe class ParentEntries<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>
    /// Adds the entry of a node to its parent, unless it is there. The writer holds no lock. Where space is lacking or a stopped process is in
    /// the way, the entry is left to a later writer.
    /// </summary>
    public static void Add(Writer writer, TreeNode* child)
    {
        try
        {
            while (!TryAdd(writer, child))
            {
            }
        }
        catch (EtsException error) when (error is TableFullException or TableBusyException)
        {
            StructureRecovery<TMemory>.Settle(writer);
        }
    }

    /// <summary>One step: the entry, or a root or room in the parent for it. False: go on.</summary>
    private static bool TryAdd(Writer writer, TreeNode* child)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var key = new OrderedKey(TreeDescent<TMemory>.LowOf(space, child));
        var level = new BucketMeta(TMemory.Read(&child->Meta)).Level + 1;
        var root = TreeDescent<TMemory>.Root(space);
        if (new BucketMeta(TMemory.Read(&root->Meta)).Level < level)
            return TryRaiseRoot(writer, root, child, key);
        TMemory.Fill(&journal->Structure, (ulong)StructureState.EntryArmed);
        var parent = NodeLock<TMemory>.Lock(writer, key, level);
        var reference = (ulong)space.OffsetOf(child);
        if (!NodeSearch<TMemory>.TryFind(space, parent, key, out var position, out var exists))
            throw TreeDescent<TMemory>.Damaged(space, parent.Node);
        exists |= TMemory.Read(&parent.Node->References[parent.Order.First]) == reference;
        if (!exists && !parent.Order.IsFull)
        {
            var row = new LeafRow(parent, position, exists: false);
            TMemory.Write(&parent.Node->Order, row.FillFreeLane<TMemory>(key, new Reference(reference)).Bits); // commit
        }
        NodeLock<TMemory>.Unlock(parent.Node, parent.Meta, unlinked: false);
        TMemory.Write(&journal->Structure, (ulong)StructureState.None);
        if (exists || !parent.Order.IsFull)
            return true;
        NodeSplitter<TMemory>.Split(writer, parent.Node, key);
        return false;
    }

    /// <summary>A new root above the old one and a sibling of it. False: another writer was quicker.</summary>
    private static bool TryRaiseRoot(Writer writer, TreeNode* root, TreeNode* sibling, in OrderedKey key)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        BlockSupply<TMemory>.Ensure(writer, SizeClasses.TreeNode);
        TMemory.Fill(&journal->Structure, (ulong)StructureState.RootArmed);
        var old = NodeLock<TMemory>.LockNode(writer, root);
        if (TreeDescent<TMemory>.Root(space) != root)
        {
            NodeLock<TMemory>.Unlock(root, old.Meta, unlinked: false);
            TMemory.Write(&journal->Structure, (ulong)StructureState.None);
            return false;
        }
        var block = NodeSplitter<TMemory>.Take(space, journal, &journal->New, SizeClasses.TreeNode);
        var raised = (TreeNode*)space.At(block.Offset);
        TMemory.Fill(&raised->Meta, BucketMeta.Free(old.Meta.Level + 1, version: 1).LockedBy(writer.Number).Bits);
        TMemory.Fill(&raised->Prefixes[0], 0);
        TMemory.Fill(&raised->References[0], (ulong)space.OffsetOf(root));
        TMemory.Fill(&raised->Prefixes[1], key.Prefix);
        TMemory.Fill(&raised->References[1], (ulong)space.OffsetOf(sibling));
        TMemory.Fill(&raised->Order, NodeOrder.Empty.Truncate(2).Bits);
        TMemory.Fill(&raised->Right, 0);
        TMemory.Fill(&raised->Low, 0);
        TMemory.Fill(&raised->High, ulong.MaxValue);
        TMemory.Fill(&journal->Partner, (ulong)block.Offset);
        TMemory.Write(&space.Header->Root, (ulong)block.Offset); // commit; whoever has the old root still finds everything
        TMemory.Release(&journal->Structure, (ulong)StructureState.RootCommitted);
        FinishRoot(writer);
        return true;
    }

    /// <summary>What follows the commit of a root; also the whole of recovery after it.</summary>
    public static void FinishRoot(Writer writer)
    {
        WriterLock<TMemory>.ReleaseIfHeld(writer, TMemory.Read(&writer.Journal->Partner));
        WriterLock<TMemory>.ReleaseIfHeld(writer, TMemory.Read(&writer.Journal->Bucket));
        StructureRecovery<TMemory>.Rest(writer.Journal);
    }
}
