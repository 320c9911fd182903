namespace EtsPersist.Mmf.Peer.Programs;

/// <summary>
/// A key that several processes share. In a set it counts what all of them insert; in a bag each of them appends its numbers, which stay without gaps
/// and in their order.
/// </summary>
internal sealed class SharedItems(EtsTable<Item> table, KeyShare share)
{
    /// <summary>The key, which is nobody's own.</summary>
    public const int Key = -1_000_000;

    private const int InsertionsBetweenLooks = 20;
    private long _highest;

    /// <summary>How much this process has inserted.</summary>
    public long Insertions { get; private set; }

    /// <summary>Inserts once more; tells what is not as it must be.</summary>
    public string? Next()
    {
        Insertions++;
        if (table.Kind is TableKind.Set or TableKind.OrderedSet) return Count();
        table.Insert(new Item(Key, Insertions, NameOf(share.Number)));
        return Insertions % InsertionsBetweenLooks == 0 ? Broken(table.Lookup(Key)) : null;
    }

    /// <summary>What is not as it must be among the rows of a bag.</summary>
    public static string? Broken(IReadOnlyList<Item> items)
    {
        foreach (var ofProcess in items.GroupBy(item => item.Text))
        {
            var expected = 0L;
            foreach (var item in ofProcess)
            {
                if (item.Count != ++expected) return $"{ofProcess.Key} has {item.Count} in the place of {expected}";
            }
        }
        return null;
    }

    /// <summary>How the rows of a process are named.</summary>
    public static string NameOf(int process) => $"process {process}";

    private string? Count()
    {
        var counted = table.UpdateCounter(Key, item => item.Count, 1, new Item(Key, 0, "shared"));
        if (counted <= _highest) return $"the shared counter went from {_highest} to {counted}";
        _highest = counted;
        return null;
    }
}
