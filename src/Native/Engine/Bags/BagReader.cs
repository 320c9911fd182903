using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Bags;

/// <summary>
/// Reads of a bag: no store, no lock, no slot.
/// </summary>
/// <remarks>
/// Protocol: head → rows → head again. If the head's <see cref="BagHead.Since"/> is the same, no row was removed or replaced in between, so the rows that the
/// first head covers are those that the key had when it was read: rows that came later are left out. Else a writer did that, and all is read again.
/// So inserts never disturb a reader. Pairs with the batches of <see cref="BagWriter{TMemory}"/>, which change head and rows by one store.
/// </remarks>
internal static class BagReader<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Adds all rows of a key to a page, in the order of their insertion.</summary>
    /// <param name="space">The table.</param>
    /// <param name="key">The key.</param>
    /// <param name="page">The page.</param>
    /// <param name="parts">Whether the objects are wanted as well, or only the keys that the rows have in the tree.</param>
    /// <returns>The key's head when it had exactly these rows.</returns>
    public static BagHead Lookup(TableSpace space, in BagKey key, ScanPage page, RowParts parts = RowParts.All)
    {
        var mark = page.Mark;
        for (var lost = default(LostRaces); ; lost.Add(space), page.Rewind(mark))
        {
            var head = ReadHead(space, key);
            if (!head.Exists)
                return head;
            TreeScanner<TMemory>.AddRange(space, key.RowsBegin, key.RowsEnd, parts, page);
            page.KeepCovered(mark.Rows, key.Key, head);
            if (!HasKeptRows(space, key, head))
                continue;
            if (page.Count - mark.Rows != (long)head.Count)
                throw Damage.Of(space, $"a key of the bag has {page.Count - mark.Rows} rows where its head says {head.Count}");
            page.SortBySequence(mark.Rows);
            return head;
        }
    }

    /// <summary>The head of a key, which does not exist if the key has no rows.</summary>
    public static BagHead ReadHead(TableSpace space, in BagKey key)
    {
        Span<byte> bytes = stackalloc byte[BagHead.Bytes];
        var status = TreeReader<TMemory>.Read(space, key.Head, bytes, out var length);
        if (status == ReadStatus.Missing)
            return default;
        var head = status == ReadStatus.Found && length == BagHead.Bytes ? BagHead.Read(bytes) : default;
        return head.IsValid ? head : throw Damage.Of(space, "the head of a bag's key says what cannot be");
    }

    /// <summary>Whether no row was removed or replaced since the head was read.</summary>
    public static bool HasKeptRows(TableSpace space, in BagKey key, BagHead head)
    {
        var now = ReadHead(space, key);
        return now.Exists == head.Exists && now.Since == head.Since;
    }
}
