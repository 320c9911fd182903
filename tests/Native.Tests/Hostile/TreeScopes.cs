using System.Text;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>
/// Tells for each word of a sound ordered table which rows it encodes. The words of a node: all rows of its range, since a search in the node
/// reads them. Its right sibling's offset: also all rows behind it. Its high, and the record of its low, part it from the neighbour: also the
/// neighbour's rows. A lane of a leaf leads to a record, whose words encode their row. The root leads to all rows. Where keys begin with the same
/// 8 bytes, searches compare them in their records, so the words of one encode the other rows, too.
/// </summary>
internal sealed unsafe class TreeScopes(TableSpace space, WordScopes scopes, IReadOnlyCollection<string> allKeys)
{
    /// <summary>Goes through all levels, each from its first node to its last.</summary>
    public void Walk()
    {
        Mark(&space.Header->Root, 1, allKeys);
        for (var first = TreeDescent<ProcessMemory>.Root(space); ; first = FirstChild(first))
        {
            var level = Level(first);
            for (var place = 0; place < level.Count; place++)
                Add(level, place);
            if (IsLeaf(first))
                return;
        }
    }

    private static bool IsLeaf(TreeNode* node) => new BucketMeta(node->Meta).Level == TreeDescent.LeafLevel;

    private TreeNode* FirstChild(TreeNode* node) => (TreeNode*)space.At(new Reference(node->References[new NodeOrder(node->Order).First]).Offset);

    private List<nint> Level(TreeNode* first)
    {
        var level = new List<nint>();
        for (var node = first; node != null; node = TreeDescent<ProcessMemory>.RightOf(space, node))
            level.Add((nint)node);
        return level;
    }

    private void Add(List<nint> level, int place)
    {
        var node = (TreeNode*)level[place];
        var rows = RowsFrom(node).Except(RowsBehind(level, place)).ToHashSet();
        scopes.Touch(node, TreeNode.Bytes);
        if (IsLeaf(node))
            rows.UnionWith(AddLanes(node));
        Mark(node, TreeNode.Bytes / sizeof(ulong), rows);
        Mark(&node->Right, 1, RowsBehind(level, place));
        if (place + 1 < level.Count)
            Mark(&node->High, 1, RowsFrom((TreeNode*)level[place + 1]).Except(RowsBehind(level, place + 1)));
        if (node->Low == 0)
            return;
        var low = new RecordHeader(*space.Word((long)node->Low));
        var before = RowsFrom((TreeNode*)level[place - 1]).Except(RowsFrom(node));
        Mark(&node->Low, 1, before);
        var alike = Alike(KeyAt((long)node->Low), allKeys);
        Mark(space.At((long)node->Low), SizeClasses.SizeOf(low.SizeClass) / sizeof(ulong), rows.Union(before).Union(alike));
    }

    /// <summary>The rows to which the lanes of a leaf lead: while it is being split also some of its sibling's.</summary>
    private HashSet<string> AddLanes(TreeNode* leaf)
    {
        var keys = new HashSet<string>();
        var order = new NodeOrder(leaf->Order);
        for (var position = 0; position < order.Count; position++)
        {
            var reference = new Reference(leaf->References[order[position]]);
            scopes.AddRecord(reference, [space.OffsetOf(&leaf->References[order[position]])]);
            keys.Add(KeyAt(reference.Offset));
        }
        MarkStaleLanes(leaf);
        for (var position = 0; position < order.Count; position++)
        {
            var record = new Reference(leaf->References[order[position]]).Offset;
            var words = SizeClasses.SizeOf(new RecordHeader(*space.Word(record)).SizeClass) / sizeof(ulong);
            Mark(&leaf->References[order[position]], 1, Alike(KeyAt(record), keys));
            Mark(space.At(record), words, Alike(KeyAt(record), keys));
        }
        return keys;
    }

    /// <summary>Lanes that are not in use still lead to rows that moved to a sibling, or to what they were: only the order keeps them out.</summary>
    private void MarkStaleLanes(TreeNode* leaf)
    {
        for (var lane = 0; lane < TreeNode.Lanes; lane++)
        {
            var record = new Reference(leaf->References[lane]).Offset;
            if (Record<ProcessMemory>.TryReadHeader(space, record, (long)space.Header->SlabsReserved, out _))
                scopes.Mark(&leaf->Order, 1, KeyAt(record));
        }
    }

    private static IEnumerable<string> Alike(string key, IEnumerable<string> keys) =>
        keys.Where(other => OrderedKey.PrefixOf(Encoding.UTF8.GetBytes(other)) == OrderedKey.PrefixOf(Encoding.UTF8.GetBytes(key)));

    private string KeyAt(long record) => Encoding.UTF8.GetString(Record<ProcessMemory>.Key(space, record, new RecordHeader(*space.Word(record))));

    private IEnumerable<string> RowsFrom(TreeNode* node)
    {
        var low = Encoding.UTF8.GetString(TreeDescent<ProcessMemory>.LowOf(space, node));
        return allKeys.Where(key => string.CompareOrdinal(key, low) >= 0);
    }

    private IEnumerable<string> RowsBehind(List<nint> level, int place) => place + 1 < level.Count ? RowsFrom((TreeNode*)level[place + 1]) : [];

    private void Mark(void* address, int words, IEnumerable<string> keys)
    {
        foreach (var key in keys)
            scopes.Mark(address, words, key);
    }
}
