using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>
/// Goes through rows in the order of their keys, or against it, without a store; several whole leaves a page.
/// </summary>
/// <remarks>
/// Forwards the cursor is a leaf. Each leaf accounts for exactly the keys from its low to the low of the sibling that is gone on with: nothing is
/// missed or seen twice, whatever splits meanwhile. Order, then right sibling are read, so a leaf that has lost rows to a new sibling leads
/// to it; a leaf that has not cut its order yet also has rows of that sibling, which are left out. Only a locked leaf can be in between.
/// Backwards the cursor is a key: after a leaf, its low, below which the next descent ends; a leaf's low never changes.
/// A leaf's rows count if its version is the same afterwards, or else the leaf is read again.
/// </remarks>
internal static unsafe class TreeScanner<TMemory> where TMemory : struct, ISharedMemory
{
    private const int FullPage = 128;

    /// <summary>Fills the page with the rows of the next leaves and moves the cursor, which begins at 0. False: these were the last.</summary>
    public static bool Next(TableSpace space, ref ulong cursor, ScanPage page)
    {
        var range = new RangeCursor { Leaf = (long)cursor };
        var more = Next(space, ref range, KeyBound.None, KeyBound.None, backward: false, page);
        cursor = more ? (ulong)range.Leaf : 0;
        return more;
    }

    /// <summary>The same within bounds and in either direction. With a limit the page has at most so many rows, and the cursor is of no further use.</summary>
    public static bool Next(
        TableSpace space, ref RangeCursor cursor, KeyBound low, KeyBound high, bool backward, ScanPage page, int limit = int.MaxValue)
    {
        page.Clear();
        while (!cursor.IsDone && page.Count < Math.Min(limit, FullPage) && !page.IsLarge)
        {
            var range = new LeafRange(low, high, limit);
            if (backward)
                StepBackward(space, ref cursor, range, page);
            else
                StepForward(space, ref cursor, range, page);
        }
        return !cursor.IsDone;
    }

    /// <summary>Copies the first row within bounds, seen from one end, into the page. False: there is none.</summary>
    public static bool TryNearest(TableSpace space, KeyBound low, KeyBound high, bool backward, ScanPage page)
    {
        var cursor = default(RangeCursor);
        while (Next(space, ref cursor, low, high, backward, page, limit: 1) && page.Count == 0)
        {
        }
        return page.Count != 0;
    }

    /// <summary>Adds all rows between two bounds to a page.</summary>
    public static void AddRange(TableSpace space, KeyBound low, KeyBound high, RowParts parts, ScanPage page)
    {
        for (var cursor = default(RangeCursor); !cursor.IsDone;)
            StepForward(space, ref cursor, new LeafRange(low, high, int.MaxValue, parts), page);
    }

    /// <summary>Adds the heads of the keys of a bag that lie in the next leaf to a page, and moves the cursor.</summary>
    public static void AddHeads(TableSpace space, ref RangeCursor cursor, ScanPage page) =>
        StepForward(space, ref cursor, new LeafRange(KeyBound.None, KeyBound.None, int.MaxValue, RowParts.KeysOfHeads), page);

    private static void StepForward(TableSpace space, ref RangeCursor cursor, in LeafRange range, ScanPage page)
    {
        var mark = page.Mark;
        for (var lost = default(LostAttempts<TMemory>); ; page.Rewind(mark))
        {
            var view = cursor.Leaf != 0 ? Look(space, cursor.Leaf)
                : range.Low.IsNone ? TreeDescent<TMemory>.Look((TreeNode*)space.At(TableGeometry.IndexStart), movedTo: null)
                : TreeDescent<TMemory>.Find(space, new OrderedKey(range.Low.Key), TreeDescent.LeafLevel, strictly: false);
            PrefetchRecords(space, view);
            var right = TreeDescent<TMemory>.RightOf(space, view.Node);
            if (TryCopyForward(space, view, right, range, page, out var isLast))
            {
                cursor.IsDone = isLast || right == null;
                cursor.Leaf = cursor.IsDone ? 0 : space.OffsetOf(right);
                return;
            }
            lost.Add(space, view.Meta, TreeDescent<TMemory>.MetaOf(view.Node));
        }
    }

    private static bool TryCopyForward(TableSpace space, in NodeView view, TreeNode* right, in LeafRange range, ScanPage page, out bool isLast)
    {
        isLast = false;
        var end = view.Order.Count;
        if (view.Meta.IsLocked && right != null && !TryCount(space, view, KeyBound.Exclusive(TreeDescent<TMemory>.LowOf(space, right)), out end))
            return false;
        var start = 0;
        var before = end;
        if ((!range.Low.IsNone && !TryCount(space, view, range.Low.Complement, out start))
            || (!range.High.IsNone && !TryCount(space, view, range.High, out before)))
            return false;
        isLast = before < end || (!view.Meta.IsLocked && range.EndsBefore(TMemory.Read(&view.Node->High)));
        for (var position = start; position < Math.Min(before, end) && page.Count < range.Limit; position++) // a place of the order may have no row yet
        {
            if (!TryCopyRow(space, view, position, range, page))
                return false;
        }
        TMemory.ReadBarrier();
        var meta = TMemory.Read(&view.Node->Meta);
        return view.Meta.IsLocked ? view.Meta.SameContents(meta) : view.Meta.Bits == meta;
    }

    private static void StepBackward(TableSpace space, ref RangeCursor cursor, in LeafRange range, ScanPage page)
    {
        var mark = page.Mark;
        for (var lost = default(LostAttempts<TMemory>); ; page.Rewind(mark))
        {
            var high = cursor.HasBound ? KeyBound.Exclusive(cursor.Bound) : range.High;
            var view = high.IsNone
                ? TreeDescent<TMemory>.FindLast(space)
                : TreeDescent<TMemory>.Find(space, new OrderedKey(high.Key), TreeDescent.LeafLevel, strictly: !high.IsInclusive);
            PrefetchRecords(space, view);
            if (TryCopyBackward(space, view, range, high, page, out var isLast))
            {
                cursor.IsDone = isLast || TMemory.Read(&view.Node->Low) == 0;
                if (!cursor.IsDone)
                    cursor.SetBound(TreeDescent<TMemory>.LowOf(space, view.Node));
                return;
            }
            lost.Add(space, view.Meta, TreeDescent<TMemory>.MetaOf(view.Node));
        }
    }

    private static bool TryCopyBackward(TableSpace space, in NodeView view, in LeafRange range, KeyBound high, ScanPage page, out bool isLast)
    {
        isLast = false;
        var start = 0;
        var end = view.Order.Count;
        if ((!range.Low.IsNone && !TryCount(space, view, range.Low.Complement, out start))
            || (!high.IsNone && !TryCount(space, view, high, out end)))
            return false;
        isLast = start > 0 || (!range.Low.IsNone && TreeDescent<TMemory>.LowOf(space, view.Node).SequenceCompareTo(range.Low.Key) <= 0);
        for (var position = end - 1; position >= start && page.Count < range.Limit; position--)
        {
            if (!TryCopyRow(space, view, position, range, page))
                return false;
        }
        TMemory.ReadBarrier();
        return view.Meta.SameContents(TMemory.Read(&view.Node->Meta));
    }

    /// <summary>How many of the leaf's rows lie below a bound.</summary>
    private static bool TryCount(TableSpace space, in NodeView view, KeyBound bound, out int count)
    {
        if (!NodeSearch<TMemory>.TryFind(space, view, new OrderedKey(bound.Key), out count, out var exact))
        {
            TreeDescent<TMemory>.RequireChanged(space, view);
            return false;
        }
        if (exact && bound.IsInclusive)
            count++;
        return true;
    }

    private static bool TryCopyRow(TableSpace space, in NodeView view, int position, in LeafRange range, ScanPage page)
    {
        var lane = &view.Node->References[view.Order[position]];
        var reference = new Reference(TMemory.Read(lane));
        var slabsEnd = (long)TMemory.Read(&space.Header->SlabsReserved);
        var offset = reference.Offset;
        if (!Record<TMemory>.TryReadHeader(space, offset, slabsEnd, out var header))
        {
            TreeDescent<TMemory>.RequireChanged(space, view);
            return false;
        }
        if (reference.IsPending && !PendingReads<TMemory>.TryResolve(space, slabsEnd, ref offset, ref header))
        {
            TreeDescent<TMemory>.RequireChanged(space, view, lane, reference);
            return false;
        }
        if (offset == 0 || (range.Parts == RowParts.KeysOfHeads && !BagKey.IsHead(Record<TMemory>.Key(space, offset, header))))
            return true;
        TMemory.ReadBarrier();
        if (!view.Meta.SameContents(TMemory.Read(&view.Node->Meta)) || TMemory.Read(lane) != reference.Bits)
            return false; // before anything is allocated for a length that may be out of date
        var row = page.Add(header.KeyBytes, range.Parts == RowParts.All ? (int)header.ValueBytes : 0);
        Record<TMemory>.Key(space, offset, header).CopyTo(row);
        if (range.Parts == RowParts.All)
            Record<TMemory>.CopyValue(space, offset, header, row[header.KeyBytes..]);
        return true;
    }

    /// <summary>Asks for all records of a leaf at once, so that their cache misses pass together.</summary>
    private static void PrefetchRecords(TableSpace space, in NodeView view)
    {
        for (var position = 0; position < view.Order.Count; position++)
            Prefetch.Line(space.At(new Reference(view.Node->References[view.Order[position]]).Offset));
    }

    private static NodeView Look(TableSpace space, long leaf)
    {
        var view = TreeDescent<TMemory>.Look(TreeDescent<TMemory>.NodeAt(space, leaf), movedTo: null);
        return view.IsLeaf ? view : throw TreeDescent<TMemory>.Damaged(space, view.Node);
    }
}
