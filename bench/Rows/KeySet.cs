namespace EtsPersist.Mmf.Bench.Rows;

/// <summary>
/// The keys of a comparison, made before anything is timed: those to insert, the same ones in another order, and as many that are missing.
/// The second order has objects of its own, made in that order: a program has its key at hand, and it is not the object in the table.
/// </summary>
internal sealed class KeySet<TKey>
{
    private const int Seed = 20_250_101;
    private const int ShortRun = 1_000;

    private KeySet(TKey[] inserted, TKey[] visited, TKey[] missing)
    {
        Inserted = inserted;
        Visited = visited;
        Missing = missing;
    }

    public TKey[] Inserted { get; }

    public TKey[] Visited { get; }

    public TKey[] Missing { get; }

    /// <summary>Makes as many keys as are wanted, in multiples of 1,000.</summary>
    public static KeySet<TKey> Make(int rows, Func<long, TKey> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows % ShortRun, 0);
        var order = new int[rows];
        for (var index = 0; index < rows; index++)
            order[index] = index;
        new Random(Seed).Shuffle(order);
        var keys = new KeySet<TKey>(new TKey[rows], new TKey[rows], new TKey[rows]);
        for (var index = 0; index < rows; index++)
            keys.Inserted[index] = key(index);
        for (var index = 0; index < rows; index++)
            keys.Visited[index] = key(order[index]);
        for (var index = 0; index < rows; index++)
            keys.Missing[index] = key(rows + (long)index);
        return keys;
    }
}
