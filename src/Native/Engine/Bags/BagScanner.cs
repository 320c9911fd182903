using EtsPersist.Mmf.Native.Engine.Ordered;
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

    /// <summary>Fills the page with the rows of the next key from a bound, which is a key of the user or none. False: there is none.</summary>
    public static bool TryStep(TableSpace space, KeyBound from, bool backward, ScanPage page)
    {
        page.Clear(hasBagRows: true);
        while (TryFind(space, from, backward, page.Heads))
        {
            var found = page.Heads.TreeKey(0);
            if (!BagKey.IsHead(found) && !BagKey.IsRow(found))
                throw Damage.Of(space, "a bag has a row under what is no key of a bag");
            AddRows(space, found, page);
            if (page.Count != 0)
                return true;
            from = KeyBound.Exclusive(BagKey.KeyOf(found).ToArray()); // gone since; the heads' page is about to be filled again
        }
        return false;
    }

    /// <summary>Finds the nearest head or row of another key.</summary>
    private static bool TryFind(TableSpace space, KeyBound from, bool backward, ScanPage page)
    {
        if (from.IsNone)
            return TreeScanner<TMemory>.TryNearest(space, KeyBound.None, KeyBound.None, backward, page);
        var size = BagKey.BufferBytes(from.Key.Length);
        var key = new BagKey(from.Key, size == BagKey.ShortBuffer ? stackalloc byte[BagKey.ShortBuffer] : new byte[size]);
        return backward
            ? TreeScanner<TMemory>.TryNearest(space, KeyBound.None, KeyBound.Exclusive(key.Head), backward, page)
            : TreeScanner<TMemory>.TryNearest(space, KeyBound.Exclusive(key.RowsEnd.Key), KeyBound.None, backward, page);
    }

    private static void AddRows(TableSpace space, ReadOnlySpan<byte> head, ScanPage page)
    {
        var key = BagKey.KeyOf(head);
        var size = BagKey.BufferBytes(key.Length);
        Span<byte> buffer = size == BagKey.ShortBuffer ? stackalloc byte[BagKey.ShortBuffer] : new byte[size];
        BagReader<TMemory>.Lookup(space, new BagKey(key, buffer), page);
    }
}
