using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>Goes through all rows of a table, whatever its kind, without a store.</summary>
internal static class TableScanner<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Fills the page with the next rows and moves the cursor, which begins at 0. False: these were the last.</summary>
    public static bool Next(TableSpace space, ref ulong cursor, ScanPage page) =>
        space.IsBag ? BagScanner<TMemory>.Next(space, ref cursor, page)
        : space.IsOrdered ? TreeScanner<TMemory>.Next(space, ref cursor, page)
        : HashScanner<TMemory>.Next(space, ref cursor, page);

    /// <summary>Adds the deletion of every key to a plan.</summary>
    /// <exception cref="BatchTooLargeException">The keys take more than a batch may have.</exception>
    public static void DeleteAll(TableSpace space, BatchPlan plan)
    {
        var page = new ScanPage();
        for (var (cursor, more) = (0UL, true); more;)
        {
            more = space.IsBag ? BagScanner<TMemory>.NextKeys(space, ref cursor, page) : Next(space, ref cursor, page);
            for (var row = 0; row < page.Count; row++)
                plan.Delete(page.Key(row));
        }
    }
}
