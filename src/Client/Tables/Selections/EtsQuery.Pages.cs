namespace EtsPersist.Mmf;

public sealed partial class EtsQuery<TRow, TValue>
{
    /// <summary>A page of the rows, in the table's order. ETS: <c>select/3</c>, <c>select/1</c>.</summary>
    /// <param name="limit">How many rows, from 1. In a bag the rows of a key stay together, so there may be more.</param>
    /// <param name="continuation">Where the page before ended, or null for the first one. The same selection goes with it.</param>
    /// <exception cref="ContinuationException">The continuation is of another table, incarnation or direction.</exception>
    public EtsPage<TRow> SelectPage(int limit, EtsContinuation? continuation = null) => Page(limit, continuation, backward: false);

    /// <summary>The same from the highest key down. ETS: <c>select_reverse/3</c>, <c>select_reverse/1</c>.</summary>
    /// <inheritdoc cref="SelectPage"/>
    public EtsPage<TRow> SelectPageDescending(int limit, EtsContinuation? continuation = null) => Page(limit, continuation, backward: true);

    private EtsPage<TRow> Page(int limit, EtsContinuation? continuation, bool backward)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var file = _table.File;
        var rows = new List<TRow>();
        byte[]? last = null;
        var scan = new TableScan(file, _range, backward, continuation?.KeyIn(file, backward));
        while (scan.MoveNext())
        {
            for (var index = 0; index < scan.Page.Count; index++)
            {
                var key = scan.Page.Key(index);
                if (rows.Count >= limit && !key.SequenceEqual(last))
                    return Full(rows, last, backward);
                var row = _table.Codec.Decode(key, scan.Page.Value(index));
                if (!_predicate(row))
                    continue;
                rows.Add(row);
                if (rows.Count == limit)
                    last = key.ToArray();
            }
        }
        return rows.Count >= limit ? Full(rows, last, backward) : new EtsPage<TRow>(rows, null);
    }

    /// <summary>A page that is full has a continuation, though there may be nothing behind it: as in ETS, that is for the next one to find out.</summary>
    private EtsPage<TRow> Full(List<TRow> rows, byte[]? last, bool backward) =>
        new(rows, _range.IsPoint ? null : new EtsContinuation(_table.File, backward, last));
}
