using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>The words of a table's file that a hostile test changes: by their offsets.</summary>
internal sealed unsafe class HostileWords(TableSpace space)
{
    /// <summary>What a word holds.</summary>
    public ulong this[long offset] => *space.Word(offset);

    /// <summary>Every word below a watermark.</summary>
    public IEnumerable<long> All() => Regions().SelectMany(region => WordsBetween(region.Start, region.End));

    /// <summary>
    /// Every way in which the first journal could give out blocks that are in use: each of its lists, of the classes up to a node's, begins at each
    /// place of the slabs.
    /// </summary>
    public IEnumerable<Mutation> SecondGifts()
    {
        const int blocks = 82;
        var (start, end) = (space.SlabsStart, SlabCursor);
        return
            from list in ListsOfFirstJournal()
            from place in Enumerable.Range(0, (int)(end - start) / SizeClasses.Alignment)
            select new Mutation(list, BlockList.Of(start + (place * SizeClasses.Alignment), blocks).Bits);
    }

    /// <summary>The word of each node of the tree that leads to its right sibling.</summary>
    public IReadOnlyList<long> LinksToTheRight()
    {
        var links = new List<long>();
        for (var offset = (long)space.Header->Root; offset != 0; offset = FirstChild(offset))
        {
            for (var node = (TreeNode*)space.At(offset); node->Right != 0; node = (TreeNode*)space.At((long)node->Right))
                links.Add(space.OffsetOf(&node->Right));
        }
        return links;
    }

    /// <summary>What the words of the table hold, each value once.</summary>
    public IReadOnlyList<ulong> Values() => [.. All().Select(offset => this[offset]).Distinct()];

    /// <summary>The parts of the file that are in use.</summary>
    public (long Start, long End)[] Regions()
    {
        var header = space.Header;
        return
        [
            (0, TableGeometry.SlotsStart + (TableGeometry.SlotCount * TableGeometry.SlotBytes)),
            (TableGeometry.JournalsStart, (long)header->JournalsReserved),
            (TableGeometry.IndexStart, (long)header->IndexReserved),
            (space.SlabsStart, SlabCursor),
        ];
    }

    private static IEnumerable<long> WordsBetween(long start, long end)
    {
        for (var offset = start; offset < end; offset += sizeof(ulong))
            yield return offset;
    }

    private long SlabCursor => (long)space.Header->SlabCursor;

    /// <summary>The first node of the level below; 0 for a leaf.</summary>
    private long FirstChild(long offset)
    {
        var node = (TreeNode*)space.At(offset);
        var isLeaf = new BucketMeta(node->Meta).Level == TreeDescent.LeafLevel;
        return isLeaf ? 0 : new Reference(node->References[new NodeOrder(node->Order).First]).Offset;
    }

    private List<long> ListsOfFirstJournal()
    {
        var journal = space.JournalAt(1);
        var lists = new List<long>();
        for (var sizeClass = 0; sizeClass <= SizeClasses.ClassOf(TreeNode.Bytes); sizeClass++)
        {
            lists.Add(space.OffsetOf(&journal->FreeLists[sizeClass]));
            lists.Add(space.OffsetOf(&journal->Chunks[sizeClass]));
        }
        return lists;
    }
}
