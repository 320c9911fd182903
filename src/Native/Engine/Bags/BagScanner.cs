using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Bags;

/// <summary>
/// Goes through all rows of a bag without a store: the keys that have their head in the next leaves, each with all its rows.
/// </summary>
/// <remarks>
/// A key that keeps a row throughout keeps its head, which the scan of the leaves comes by exactly once. The rows of a key are read at one moment of their
/// own and come in one page, however many they are.
/// </remarks>
internal static class BagScanner<TMemory> where TMemory : struct, ISharedMemory
{
    private const int FullPage = 128;

    /// <summary>Fills the page with the rows of the next keys and moves the cursor, which begins at 0. False: these were the last.</summary>
    public static bool Next(TableSpace space, ref ulong cursor, ScanPage page)
    {
        var heads = page.Heads;
        var range = new RangeCursor { Leaf = (long)cursor };
        page.Clear(hasBagRows: true);
        while (!range.IsDone && page.Count < FullPage && !page.IsLarge)
        {
            heads.Clear();
            TreeScanner<TMemory>.AddHeads(space, ref range, heads);
            for (var head = 0; head < heads.Count; head++)
                AddRows(space, heads.TreeKey(head), page);
        }
        cursor = (ulong)range.Leaf;
        return !range.IsDone;
    }

    /// <summary>Fills the page with the next keys alone, each once, and moves the cursor, which begins at 0. False: these were the last.</summary>
    public static bool NextKeys(TableSpace space, ref ulong cursor, ScanPage page)
    {
        var range = new RangeCursor { Leaf = (long)cursor };
        page.Clear(hasBagRows: true);
        TreeScanner<TMemory>.AddHeads(space, ref range, page);
        cursor = (ulong)range.Leaf;
        return !range.IsDone;
    }

    /// <summary>Fills the page with the rows of the next key from a bound, which is a key of the user or none. False: there is none.</summary>
    public static bool TryStep(TableSpace space, KeyBound from, bool backward, ScanPage page)
    {
        page.Clear(hasBagRows: true);
        while (TryFindHead(space, from, backward, page.Heads))
        {
            AddRows(space, page.Heads.TreeKey(0), page);
            if (page.Count != 0)
                return true;
            from = KeyBound.Exclusive(BagKey.KeyOf(page.Heads.TreeKey(0)).ToArray()); // gone since; the heads' page is about to be filled again
        }
        return false;
    }

    /// <summary>Finds the nearest head of another key.</summary>
    private static bool TryFindHead(TableSpace space, KeyBound from, bool backward, ScanPage page)
    {
        if (from.IsNone)
            return TrySkipRows(space, KeyBound.None, backward, page);
        var key = new BagKey(space, from.Key, stackalloc byte[BagKey.ShortBuffer]);
        return TrySkipRows(space, KeyBound.Exclusive(key.Head), backward, page);
    }

    /// <summary>Goes from a bound to the nearest head, over the rows of the keys of each hash at once: all heads of a hash come before its rows.</summary>
    private static bool TrySkipRows(TableSpace space, scoped KeyBound bound, bool backward, ScanPage page)
    {
        Span<byte> buffer = stackalloc byte[BagKey.Overhead];
        while (TreeScanner<TMemory>.TryNearest(space, backward ? KeyBound.None : bound, backward ? bound : KeyBound.None, backward, page))
        {
            var found = page.TreeKey(0);
            if (BagKey.IsHead(found))
                return true;
            if (!BagKey.IsRow(found))
                throw Damage.Of(space, "a bag has a row under what is no key of a bag");
            bound = backward ? BagKey.BetweenHeadsAndRows(BagKey.KeyHashOf(found), buffer) : BagKey.BehindRows(BagKey.KeyHashOf(found), buffer);
        }
        return false;
    }

    private static void AddRows(TableSpace space, ReadOnlySpan<byte> head, ScanPage page) =>
        BagReader<TMemory>.Lookup(space, new BagKey(space, BagKey.KeyOf(head), stackalloc byte[BagKey.ShortBuffer]), page);
}
