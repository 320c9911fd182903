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
        New("insert with split", table => table.Insert(key(Missing), value(Other)), RowsBeforeSplit) with { Splits = true },
        Batch(),
    ];

    public SteppedOperation Counting() => New("counter", table => table.UpdateCounter(key(3), 7));

    /// <summary>The first opening of a table: its schema and its row format are bound.</summary>
    public SteppedOperation Binding() => new($"bind {rows}", ground =>
    {
        ground.Create(TableAccess.Public);
        EtsTable<TKey, TValue>? table = null;
        return new PreparedOperation(() => table = ground.Open<TKey, TValue>(), new Closing(() => table?.Dispose()));
    });

    private SteppedOperation New(string name, Action<EtsTable<TKey, TValue>> run, int count = Rows) => new($"{name} {rows}", ground =>
    {
        var table = Fill(ground, count);
        return new PreparedOperation(() => run(table), table);
    });

    /// <summary>New rows, a replaced and a deleted one, in buckets wherever their hashes lead.</summary>
    private SteppedOperation Batch() => new($"batch {rows}", ground =>
    {
        var table = Fill(ground, Rows);
        var batch = table.CreateBatch().Insert(key(Missing), value(Other)).Delete(key(3)).Insert(key(5), value(Other + 1)).Insert(key(Missing + 1), value(Other + 2));
        return new PreparedOperation(() => table.Commit(batch), table);
    });

    private EtsTable<TKey, TValue> Fill(SteppingGround ground, int count)
    {
        ground.Create(TableAccess.Public);
        var table = ground.Open<TKey, TValue>();
        for (var row = 0; row < count; row++)
            table.Insert(key(row), value(row));
        return table;
    }
}
