using System.Collections;

namespace EtsPersist.Mmf;

/// <summary>
/// A selection of rows: a range of keys, in an ordered table, and a predicate that each row in it must pass. Runs whenever it is asked.
/// </summary>
/// <remarks>
/// Threads: any; it is immutable. Allocation: what is returned, and a page of some rows. Lifetime: that of its table, whose errors are its errors.
/// </remarks>
/// <typeparam name="TRow">The type of the rows.</typeparam>
/// <typeparam name="TValue">What is stored under a key.</typeparam>
public sealed partial class EtsQuery<TRow, TValue> : IEnumerable<TRow>
{
    private readonly EtsRows<TRow, TValue> _table;
    private readonly KeyRange _range;
    private readonly Func<TRow, bool> _predicate;

    internal EtsQuery(EtsRows<TRow, TValue> table, KeyRange range, Func<TRow, bool> predicate)
    {
        _table = table;
        _range = range;
        _predicate = predicate;
    }

    /// <inheritdoc cref="EtsRows{TRow, TValue}.GetEnumerator"/>
    public IEnumerator<TRow> GetEnumerator() => Rows(backward: false).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The rows, in the order of the keys in an ordered table, elsewhere in none. ETS: <c>select/2</c>, <c>match_object/2</c>.</summary>
    public IReadOnlyList<TRow> Select() => Select(static row => row);

    /// <summary>A part of each row, in the same order. ETS: <c>select/2</c> with a body, <c>match/2</c>.</summary>
    public IReadOnlyList<TResult> Select<TResult>(Func<TRow, TResult> projection)
    {
        ArgumentNullException.ThrowIfNull(projection);
        return [.. Rows(backward: false).Select(projection)];
    }

    /// <summary>The rows from the highest key down; where keys have no order, the same as <see cref="Select()"/>. ETS: <c>select_reverse/2</c>.</summary>
    public IReadOnlyList<TRow> SelectDescending() => [.. Rows(backward: true)];

    /// <summary>How many rows there are. ETS: <c>select_count/2</c>.</summary>
    public long SelectCount() => Fold(0L, static (count, _) => count + 1, backward: false);

    internal TAccumulate Fold<TAccumulate>(TAccumulate seed, Func<TAccumulate, TRow, TAccumulate> function, bool backward)
    {
        foreach (var row in Rows(backward))
            seed = function(seed, row);
        return seed;
    }

    internal IEnumerable<TRow> Rows(bool backward)
    {
        var scan = new TableScan(_table.File, _range, backward);
        while (scan.MoveNext())
        {
            for (var index = 0; index < scan.Page.Count; index++)
            {
                var row = _table.Codec.Decode(scan.Page.Key(index), scan.Page.Value(index));
                if (_predicate(row))
                    yield return row;
            }
        }
    }
}
