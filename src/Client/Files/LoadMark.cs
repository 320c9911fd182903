using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;

namespace EtsPersist.Mmf.Files;

/// <summary>
/// Protocol of a loading. The new table's schema is replaced by the mark (one store), then the rows come, then the mark is replaced by the schema of
/// the rows (one store). As long as the mark stands nobody opens the table: to the typed face it is not ready. A kill leaves the mark, and the next
/// owner removes the rows before it binds its schema; killed in this, it leaves the mark again. So a table has all rows of its file or none.
/// </summary>
internal static class LoadMark
{
    private const int RowsOfRemoval = 1_000;

    /// <summary>What stands in the schema's place: MessagePack of the text <c>loading</c>, where a schema is an array.</summary>
    public static ReadOnlySpan<byte> Bytes =>
        [0xa7, (byte)'l', (byte)'o', (byte)'a', (byte)'d', (byte)'i', (byte)'n', (byte)'g'];

    /// <summary>Whether this is the mark and no schema.</summary>
    public static bool Is(ReadOnlySpan<byte> schema) => schema.SequenceEqual(Bytes);

    /// <summary>An owner's part: removes what a loading left that was cut. Where none was, it costs a comparison.</summary>
    public static void RemoveUnfinished(TableFile file)
    {
        if (!Is(file.ReadSchema())) return;
        var page = new ScanPage();
        var plan = new BatchPlan();
        var cursor = 0UL;
        bool more;
        do
        {
            more = file.Scan(ref cursor, page);
            for (var row = 0; row < page.Count; row++)
            {
                var isOfAnotherKey = row == 0 || !page.Key(row).SequenceEqual(page.Key(row - 1));
                if (isOfAnotherKey) plan.Delete(page.Key(row));
            }
            if (more && plan.Count < RowsOfRemoval) continue;
            file.Commit(plan);
            plan.Clear();
        }
        while (more);
        file.TryBindSchema(Bytes, default);
    }

    /// <summary>Everybody else's part.</summary>
    /// <exception cref="TableNotReadyException">The table is being loaded.</exception>
    public static void RequireNone(TableFile file, ReadOnlySpan<byte> schema)
    {
        if (Is(schema))
            throw new TableNotReadyException($"Table '{file.Name}' is being loaded from a file, or its loader died. Open it again once a worker owns it.");
    }
}
