using System.Collections;

namespace EtsPersist.Mmf;

public abstract partial class EtsRows<TRow, TValue>
{
    /// <summary>
    /// Goes through all rows: in the order of the keys in an ordered table, elsewhere in none. Each row that is there throughout is seen exactly
    /// once, whatever is written meanwhile; needs no slot and makes no store. ETS: <c>tab2list/1</c>, <c>foldl/3</c>.
    /// </summary>
    /// <remarks>Not a snapshot: each row is seen as of one moment. Allocation: a page of some rows, used again and again.</remarks>
    public IEnumerator<TRow> GetEnumerator() => All.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>All rows, as the enumeration gives them. ETS: <c>tab2list/1</c>.</summary>
    public IReadOnlyList<TRow> ToList() => All.Select();

    /// <summary>Goes through all rows, in the order of the enumeration, and hands a value from row to row. ETS: <c>foldl/3</c>.</summary>
    /// <param name="seed">The first value; what comes back from an empty table.</param>
    /// <param name="function">
    /// Makes the next value from the last one and a row. It may read and write the table: rows that it inserts may be seen or not. What it throws
    /// ends the fold and reaches the caller.
    /// </param>
    public TAccumulate Fold<TAccumulate>(TAccumulate seed, Func<TAccumulate, TRow, TAccumulate> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return All.Fold(seed, function, backward: false);
    }

    /// <summary>The same from the highest key down; where keys have no order, the same as <see cref="Fold"/>. ETS: <c>foldr/3</c>.</summary>
    /// <inheritdoc cref="Fold"/>
    public TAccumulate FoldBack<TAccumulate>(TAccumulate seed, Func<TAccumulate, TRow, TAccumulate> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return All.Fold(seed, function, backward: true);
    }
}
