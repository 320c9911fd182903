using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Peer.Stepping;

/// <summary>Everything that writes rows, for one type of keys and one of values.</summary>
/// <param name="rows">The types in words.</param>
/// <param name="key">The key of a number.</param>
/// <param name="value">A value of a number.</param>
internal sealed class RowOperations<TKey, TValue>(string rows, Func<int, TKey> key, Func<int, TValue> value)
{
    private const int Rows = 20;
    private const int Missing = 1000;
    private const int Other = 5000;

    /// <summary>After one more row, three rows a bucket are exceeded in the 64 buckets that a table begins with.</summary>
    private const int RowsBeforeSplit = (3 * 64) - 1;

    public IEnumerable<SteppedOperation> Storing() =>
    [
        New("insert", table => table.Insert(key(Missing), value(Other))),
        New("insert new", table => table.InsertNew(key(Missing), value(Other))),
        New("replace", table => table.Insert(key(3), value(Other))),
        New("delete", table => table.Delete(key(3))),
        New("take", table => table.Take(key(3), out _)),
        Batch(),
        Split(),
    ];

    public SteppedOperation Counting() => New("counter", table => table.UpdateCounter(key(3), 7));

    /// <summary>The first opening of a table: its schema and its row format are bound.</summary>
    public SteppedOperation Binding() => new($"bind {rows}", ground =>
    {
        ground.Create(TableAccess.Public);
        EtsTable<TKey, TValue>? table = null;
        return new PreparedOperation(() => table = ground.Open<TKey, TValue>(), () => table?.Dispose());
    });

    private SteppedOperation New(string name, Action<EtsTable<TKey, TValue>> run) => new($"{name} {rows}", ground =>
    {
        var table = Fill(ground, Rows);
        return new PreparedOperation(() => run(table), table.Dispose);
    });

    /// <summary>New rows, a replaced and a deleted one, in buckets wherever their hashes lead.</summary>
    private SteppedOperation Batch() => new($"batch {rows}", ground =>
    {
        var table = Fill(ground, Rows);
        var batch = table.CreateBatch()
            .Insert(key(Missing), value(Other))
            .Delete(key(3))
            .Insert(key(5), value(Other + 1))
            .Insert(key(Missing + 1), value(Other + 2));
        return new PreparedOperation(() => table.Commit(batch), table.Dispose);
    });

    private SteppedOperation Split() => new($"insert with split {rows}", ground =>
    {
        var table = Fill(ground, RowsBeforeSplit);
        var row = Enumerable.Range(Missing, Other).First(number => Splits(ground, key(number)));
        return new PreparedOperation(() => table.Insert(key(row), value(Other)), table.Dispose);
    })
    { Splits = true };

    /// <summary>
    /// Whether a row adds a bucket depends on its hash: it must come into a crowded bucket. It is tried on a copy of the table.
    /// </summary>
    private bool Splits(SteppingGround ground, TKey candidate)
    {
        var trial = ground.Copy();
        using (var table = trial.Open<TKey, TValue>())
            table.Insert(candidate, value(Other));
        var splits = TableVerifier.Verify(trial.Path).Buckets > TableVerifier.Verify(ground.Path).Buckets;
        trial.Delete();
        return splits;
    }

    private EtsTable<TKey, TValue> Fill(SteppingGround ground, int count)
    {
        ground.Create(TableAccess.Public);
        var table = ground.Open<TKey, TValue>();
        for (var row = 0; row < count; row++)
            table.Insert(key(row), value(row));
        return table;
    }
}
