using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>
/// Locks nodes, by their meta words like buckets. A writer holds one node at a time, and beside it only such as nobody else can have reached yet;
/// so no two writers wait for each other in a circle.
/// </summary>
internal static unsafe class NodeLock<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Locks the node of a level whose range a key lies in, and looks at it under the lock.</summary>
    /// <exception cref="TableBusyException">A living process did not let go in time; nothing is locked.</exception>
    public static NodeView Lock(Writer writer, in OrderedKey key, int level)
    {
        var space = writer.Space;
        var patience = default(Patience);
        while (true)
        {
            var found = TreeDescent<TMemory>.Find(space, key, level, strictly: false);
            if (!TryLock(writer, found.Node, ref patience, out var meta))
                continue;
            if (!TreeDescent<TMemory>.IsBeyond(space, found.Node, key))
                return new NodeView(found.Node, meta, new NodeOrder(TMemory.Read(&found.Node->Order)), found.MovedTo);
            Unlock(found.Node, meta, unlinked: false);
        }
    }

    /// <summary>Locks one particular node.</summary>
    public static NodeView LockNode(Writer writer, TreeNode* node)
    {
        var patience = default(Patience);
        BucketMeta meta;
        while (!TryLock(writer, node, ref patience, out meta))
        {
        }
        return new NodeView(node, meta, new NodeOrder(TMemory.Read(&node->Order)), movedTo: null);
    }

    /// <summary>Unlocks a node; the version moves if anything was unlinked. Pairs with the second look of readers.</summary>
    public static void Unlock(TreeNode* node, BucketMeta meta, bool unlinked) => WriterLock<TMemory>.UnlockBucket((Bucket*)node, meta, unlinked);

    private static bool TryLock(Writer writer, TreeNode* node, ref Patience patience, out BucketMeta meta)
    {
        TMemory.Write(&writer.Journal->Bucket, (ulong)writer.Space.OffsetOf(node));
        meta = new BucketMeta(TMemory.Read(&node->Meta));
        if (!meta.IsLocked && TMemory.CompareExchange(&node->Meta, meta.Bits, meta.LockedBy(writer.Number).Bits))
            return true;
        if (meta.IsLocked)
            WriterLock<TMemory>.WaitFor(writer, meta.Lock, ref patience);
        return false;
    }
}
