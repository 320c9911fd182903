using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>
/// Walks the tree of an ordered table, one level after the other from the root down, each along its siblings. A node that has no entry in the level above
/// is no problem: a kill may leave one out, and a later writer adds it.
/// </summary>
internal sealed unsafe class TreeWalk(TableSpace space, BlockMap blocks, Action<string> problem, WalkProgress progress)
{
    private readonly BagWalk? _bag = space.IsBag ? new BagWalk(space, problem) : null;
    private HashSet<long> _children = [];

    /// <summary>The rows in the leaves.</summary>
    public long Rows { get; private set; }

    /// <summary>The nodes, leaves among them.</summary>
    public long Nodes { get; private set; }

    /// <summary>The bytes of all blocks that belong to the tree.</summary>
    public long ReachableBytes { get; private set; }

    public void Run()
    {
        try
        {
            var first = TreeDescent<ProcessMemory>.Root(space);
            for (var level = new BucketMeta(first->Meta).Level; level >= TreeDescent.LeafLevel; level--)
            {
                if (first->Low != 0)
                    problem($"the first node of level {level}, at {space.OffsetOf(first):x}, has a low key");
                WalkLevel(first, level);
                if (level == TreeDescent.LeafLevel && space.OffsetOf(first) != TableGeometry.IndexStart)
                    problem($"the first leaf lies at {space.OffsetOf(first):x}");
                if (level > TreeDescent.LeafLevel)
                    first = TreeDescent<ProcessMemory>.NodeAt(space, new Reference(first->References[new NodeOrder(first->Order).First]).Offset);
            }
        }
        catch (CorruptTableException error)
        {
            problem(error.Message);
        }
    }

    private void WalkLevel(TreeNode* node, int level)
    {
        var referred = _children;
        _children = [];
        while (true)
        {
            if (!TryWalkNode(node, level))
                return;
            referred.Remove(space.OffsetOf(node));
            node = TreeDescent<ProcessMemory>.RightOf(space, node);
            if (node == null)
                break;
        }
        if (level == TreeDescent.LeafLevel)
            _bag?.End();
        if (referred.Count != 0)
            problem($"level {level + 1} leads to {referred.Count} nodes that are not in level {level}, among them the one at {referred.First():x}");
    }

    private bool TryWalkNode(TreeNode* node, int level)
    {
        var offset = space.OffsetOf(node);
        var name = $"the node at {offset:x}";
        var meta = new BucketMeta(node->Meta);
        if (offset != TableGeometry.IndexStart && !TryClaim(offset, SizeClasses.TreeNode, "the tree"))
            return false;
        Nodes++;
        if (meta.Level != level)
            problem($"{name} has level {meta.Level} where {level} is due");
        if (meta.IsLocked)
            problem($"{name} is locked by journal {meta.Lock}");
        if (level == TreeDescent.LeafLevel && node->Low != 0 && !TryClaim((long)node->Low, null, name))
            return false;
        CheckHigh(node, name);
        CheckLanes(new NodeView(node, meta, new NodeOrder(node->Order), movedTo: null), name);
        return true;
    }

    private void CheckHigh(TreeNode* node, string name)
    {
        if (node->Right == 0)
        {
            if (node->High != ulong.MaxValue)
                problem($"{name} is the last of its level and ends at {node->High:x16}");
            return;
        }
        var high = TreeDescent<ProcessMemory>.LowOf(space, TreeDescent<ProcessMemory>.RightOf(space, node));
        if (node->High != OrderedKey.PrefixOf(high))
            problem($"{name} ends at {node->High:x16}, its right sibling begins elsewhere");
        if (high.IsEmpty || high.SequenceCompareTo(TreeDescent<ProcessMemory>.LowOf(space, node)) <= 0)
            problem($"{name} ends where it begins or before");
    }

    /// <summary>Each lane's key is above the one before and within the node's range.</summary>
    private void CheckLanes(in NodeView view, string name)
    {
        var node = view.Node;
        var previous = TreeDescent<ProcessMemory>.LowOf(space, node);
        var mayEqual = true;
        if (!view.IsLeaf && view.Order.Count == 0)
            problem($"{name} leads nowhere");
        for (var position = 0; position < view.Order.Count; position++)
        {
            var lane = view.Order[position];
            var reference = new Reference(node->References[lane]);
            if (!TryKeyOf(view, reference, name, out var key))
                return;
            if (node->Prefixes[lane] != OrderedKey.PrefixOf(key))
                problem($"{name} has the prefix {node->Prefixes[lane]:x16} for another key");
            var comparison = previous.SequenceCompareTo(key);
            if (comparison > 0 || (comparison == 0 && !mayEqual))
                problem($"{name} has keys out of order");
            previous = key;
            mayEqual = false;
        }
        if (view.Order.Count != 0 && TreeDescent<ProcessMemory>.IsBeyond(space, node, new OrderedKey(previous)))
            problem($"{name} has keys beyond its end");
    }

    private bool TryKeyOf(scoped in NodeView view, Reference reference, string name, out ReadOnlySpan<byte> key)
    {
        key = default;
        if (!view.IsLeaf)
        {
            _children.Add(reference.Offset);
            key = TreeDescent<ProcessMemory>.LowOf(space, TreeDescent<ProcessMemory>.NodeAt(space, reference.Offset));
            return true;
        }
        if (reference.IsPending)
            problem($"{name} has a pending reference to {reference.Offset:x}");
        if (!TryClaim(reference.Offset, null, name))
            return false;
        var header = new RecordHeader(*space.Word(reference.Offset));
        key = Record<ProcessMemory>.Key(space, reference.Offset, header);
        if (_bag is null || _bag.Add(key, new ReadOnlySpan<byte>(Record<ProcessMemory>.ValueWord(space, reference.Offset, header), (int)header.ValueBytes)))
            Rows++;
        return true;
    }

    /// <summary>Claims a block, and checks of a record that it fits.</summary>
    private bool TryClaim(long offset, int? sizeClass, string claimant)
    {
        var size = blocks.Claim(offset, sizeClass, claimant);
        ReachableBytes += size;
        progress.Advance(size);
        if (size == 0 || sizeClass is not null)
            return size != 0;
        var header = new RecordHeader(*space.Word(offset));
        var end = RecordHeader.ValueOffset(header.KeyBytes) + (((long)header.ValueBytes + 7) & ~7L) + (header.HasTrailer ? RecordHeader.TrailerBytes : 0);
        if (end <= size && SizeClasses.SizeOf(header.SizeClass) == size && (header.Flags & ~RecordHeader.KnownFlags) == 0)
            return true;
        problem($"the record at {offset:x} does not fit its block of {size} bytes");
        return false;
    }
}
