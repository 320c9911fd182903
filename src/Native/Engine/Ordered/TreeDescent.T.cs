using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>
/// The ways down a B-link tree, without a store.
/// </summary>
/// <remarks>
/// Protocol. A node's range begins at its low, for ever, and ends where its right sibling's begins. Only a split changes that, downwards: it puts a
/// new sibling to the right, which holds the same rows, before it takes them away here. So whoever looks at a node reads its meta word, <i>then its
/// order, then its high and right sibling</i>: if the order was cut already, the sibling is seen, and a key beyond the high is looked for there; if not, the
/// node still has everything. The root is a hint, since any node left of a key leads to it. A child is followed only if the version is the same
/// after its lane was read; nodes never move and are never freed, so nothing else has to be checked.
/// Pairs with the stores of <see cref="NodeSplitter{TMemory}"/> and <see cref="ParentEntries{TMemory}"/>.
/// </remarks>
internal static unsafe class TreeDescent<TMemory> where TMemory : struct, ISharedMemory
{
    private const int MostSteps = 1 << 24;
    private const int CacheLine = 64;

    /// <summary>The node of a level whose range a key lies in; or, strictly, whose range has keys below it.</summary>
    public static NodeView Find(TableSpace space, in OrderedKey key, int level, bool strictly)
    {
        var node = Root(space);
        var movedTo = (TreeNode*)null;
        var lost = default(LostAttempts<TMemory>);
        for (var steps = 0; steps < MostSteps; steps++)
        {
            var view = Look(node, movedTo);
            if (IsBeyond(space, node, key, strictly))
            {
                node = movedTo = RightOf(space, node);
                continue;
            }
            if (view.Meta.Level <= level)
                return view.Meta.Level == level ? view : throw Damaged(space, node);
            if (!NodeSearch<TMemory>.TryFind(space, view, key, out var position, out var exact))
            {
                RequireChanged(space, view);
                lost.Add(space, view.Meta, MetaOf(node));
                continue;
            }
            var lane = view.Order[exact && !strictly ? position : position - 1];
            var child = new Reference(TMemory.Read(&node->References[lane])).Offset;
            TMemory.ReadBarrier();
            if (view.Meta.SameContents(TMemory.Read(&node->Meta)))
                node = ChildAt(space, view, child);
        }
        throw Damaged(space, node);
    }

    /// <summary>The leaf with the highest keys.</summary>
    public static NodeView FindLast(TableSpace space)
    {
        var node = Root(space);
        for (var steps = 0; steps < MostSteps; steps++)
        {
            var view = Look(node, movedTo: null);
            var right = RightOf(space, node);
            if (right != null)
            {
                node = right;
                continue;
            }
            if (view.IsLeaf)
                return view;
            var child = new Reference(TMemory.Read(&node->References[view.Order[Math.Max(view.Order.Count, 1) - 1]])).Offset;
            TMemory.ReadBarrier();
            if (view.Meta.SameContents(TMemory.Read(&node->Meta)))
                node = ChildAt(space, view, child);
        }
        throw Damaged(space, node);
    }

    /// <summary>Looks at a node: meta word and order, in this order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NodeView Look(TreeNode* node, TreeNode* movedTo)
    {
        var meta = new BucketMeta(TMemory.Read(&node->Meta));
        return new NodeView(node, meta, new NodeOrder(TMemory.Read(&node->Order)), movedTo);
    }

    /// <summary>Whether a key lies beyond the high of a node that has been looked at; strictly, whether there are keys below it beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBeyond(TableSpace space, TreeNode* node, in OrderedKey key, bool strictly = false) =>
        TMemory.Read(&node->High) <= key.Prefix && IsBeyondRight(space, node, key, strictly);

    private static bool IsBeyondRight(TableSpace space, TreeNode* node, in OrderedKey key, bool strictly)
    {
        var high = TMemory.Read(&node->High);
        var right = TMemory.Read(&node->Right);
        if (right == 0 || high != key.Prefix)
            return right != 0 && high < key.Prefix;
        var low = LowOf(space, NodeAt(space, (long)right));
        var comparison = low.SequenceCompareTo(key.Bytes);
        return strictly ? comparison < 0 : comparison <= 0;
    }

    /// <summary>
    /// The right sibling, or null. Its low, which never changes, lies behind the node's, so that nobody goes in a circle: highs alone sink meanwhile, and could
    /// agree with a damaged one's way back.
    /// </summary>
    public static TreeNode* RightOf(TableSpace space, TreeNode* node)
    {
        var offset = (long)TMemory.Read(&node->Right);
        if (offset == 0)
            return null;
        var right = NodeAt(space, offset);
        return LowOf(space, right).SequenceCompareTo(LowOf(space, node)) > 0 ? right : throw Damaged(space, right);
    }

    /// <summary>The lowest key of a node's range; empty for the first node of a level.</summary>
    public static ReadOnlySpan<byte> LowOf(TableSpace space, TreeNode* node)
    {
        var low = (long)TMemory.Read(&node->Low);
        if (low == 0)
            return default;
        return Record<TMemory>.TryReadHeader(space, low, (long)TMemory.Read(&space.Header->SlabsReserved), out var header)
            ? Record<TMemory>.Key(space, low, header)
            : throw Damaged(space, node);
    }

    public static TreeNode* Root(TableSpace space) => NodeAt(space, (long)TMemory.Read(&space.Header->Root));

    /// <exception cref="CorruptTableException">No node can lie there.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TreeNode* NodeAt(TableSpace space, long offset)
    {
        if (!IsNode(space, offset))
            throw Damage.Of(space, $"the tree leads to offset {offset:x}, where no node can be");
        var node = (TreeNode*)space.At(offset);
        Prefetch.Line((byte*)node + CacheLine);
        Prefetch.Line((byte*)node + (2 * CacheLine));
        Prefetch.Line((byte*)node + (3 * CacheLine));
        Prefetch.Line((byte*)node + (4 * CacheLine));
        return node;
    }

    /// <summary>Whether a node can lie there: the first leaf has its place in the index, all others are blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNode(TableSpace space, long offset) => offset == TableGeometry.IndexStart
        || (offset % SizeClasses.Alignment == 0 && space.IsInSlabs(offset, TreeNode.Bytes, (long)TMemory.Read(&space.Header->SlabsReserved)));

    /// <summary>Returns if the node has changed since it was looked at, so that what could not be followed was out of date.</summary>
    /// <exception cref="CorruptTableException">It has not: the file is damaged.</exception>
    public static void RequireChanged(TableSpace space, in NodeView view)
    {
        TMemory.ReadBarrier();
        if (view.Meta.SameContents(TMemory.Read(&view.Node->Meta)) && view.Order.Bits == TMemory.Read(&view.Node->Order))
            throw Damaged(space, view.Node);
    }

    /// <summary>
    /// The same for a lane whose pending reference could not be resolved. A batch is over only once all its references are settled, so an unchanged
    /// one leads nowhere for ever.
    /// </summary>
    /// <exception cref="CorruptTableException">Neither node nor lane have changed: the file is damaged.</exception>
    public static void RequireChanged(TableSpace space, in NodeView view, ulong* lane, Reference reference)
    {
        TMemory.ReadBarrier();
        if (TMemory.Read(lane) == reference.Bits)
            RequireChanged(space, view);
    }

    /// <summary>The meta word as it is now.</summary>
    public static BucketMeta MetaOf(TreeNode* node) => new(TMemory.Read(&node->Meta));

    public static CorruptTableException Damaged(TableSpace space, TreeNode* node) =>
        Damage.Of(space, $"the node at {space.OffsetOf(node):x} contradicts what leads to it or what it refers to");

    private static TreeNode* ChildAt(TableSpace space, in NodeView parent, long offset)
    {
        var child = NodeAt(space, offset);
        return new BucketMeta(TMemory.Read(&child->Meta)).Level == parent.Meta.Level - 1 ? child : throw Damaged(space, child);
    }
}
