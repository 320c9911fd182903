using System.Linq.Expressions;

namespace EtsPersist.Mmf;

/// <summary>
/// Selections: by a predicate that is called for each row, or, with <see cref="Where"/>, by one whose demands on the key are understood. What <c>match</c>, <c>match_object</c> and match specifications are in ETS is a predicate here,
/// and a projection.
/// </summary>
public abstract partial class EtsRows<TRow, TValue>
{
    private EtsQuery<TRow, TValue> All => new(this, KeyRange.All, static _ => true);

    /// <summary>
    /// The selection of the rows that a predicate accepts, to be read or changed. The predicate is looked at as an expression: in an ordered table,
    /// comparisons of the key become a range, and only rows in it are read; in any other, an equal key is looked up. Everything else is asked of each row.
    /// ETS: <c>select/2</c> with a partly bound key.
    /// </summary>
    /// <remarks>
    /// Seen are <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c> and <c>==</c> between the key and anything that does not depend on the row, on their own or
    /// joined by <c>&amp;&amp;</c>; for strings <c>string.CompareOrdinal(row.Key, "b") &lt; 0</c>; for others also <c>row.Key.CompareTo(other) &lt; 0</c>. Such
    /// values are computed once, when this is called. Keys of integers, floating point, text, GUIDs, dates and times; not tuples. Allocation: the
    /// expression is compiled, which costs tenths of a millisecond: keep the selection where it is used often.
    /// </remarks>
    /// <example><code>orders.Where(row => row.Key >= first &amp;&amp; row.Key &lt; last &amp;&amp; row.Value.IsOpen).SelectDelete();</code></example>
    public EtsQuery<TRow, TValue> Where(Expression<Func<TRow, bool>> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return KeyRangeFinder<TRow, TValue>.ToQuery(this, predicate);
    }

    /// <summary>
    /// The rows that a predicate accepts; all rows are looked at. In the order of the keys in an ordered table, elsewhere in none; the rows of a key in
    /// a bag in the order of their insertion. ETS: <c>select/2</c>, <c>match_object/2</c>.
    /// </summary>
    /// <remarks>
    /// Unlike the method of this name on sequences it takes what to select, as in ETS; that one is called for a lambda with any other result than a
    /// Boolean. What the predicate throws reaches the caller.
    /// </remarks>
    public IReadOnlyList<TRow> Select(Func<TRow, bool> predicate) => Matching(predicate).Select();

    /// <summary>A part of each row that a predicate accepts, in the same order. ETS: <c>select/2</c> with a body, <c>match/2</c>.</summary>
    public IReadOnlyList<TResult> Select<TResult>(Func<TRow, bool> predicate, Func<TRow, TResult> projection) =>
        Matching(predicate).Select(projection);

    /// <summary>The same as <see cref="Select(Func{TRow, bool})"/> from the highest key down; where keys have no order, the very same. ETS: <c>select_reverse/2</c>.</summary>
    public IReadOnlyList<TRow> SelectDescending(Func<TRow, bool> predicate) => Matching(predicate).SelectDescending();

    /// <summary>How many rows a predicate accepts. ETS: <c>select_count/2</c>.</summary>
    public long SelectCount(Func<TRow, bool> predicate) => Matching(predicate).SelectCount();

    /// <summary>
    /// A page of the rows that a predicate accepts, in the table's order: that of the keys in an ordered table, elsewhere one of the table's own, which
    /// stays the same. ETS: <c>select/3</c>, <c>select/1</c>.
    /// </summary>
    /// <param name="predicate">Which rows; the same one with each page.</param>
    /// <param name="limit">How many rows, from 1. In a bag the rows of a key stay together, so there may be more.</param>
    /// <param name="continuation">Where the page before ended, or null for the first one.</param>
    /// <exception cref="ContinuationException">The continuation is of another table, incarnation or direction.</exception>
    public EtsPage<TRow> SelectPage(Func<TRow, bool> predicate, int limit, EtsContinuation? continuation = null) =>
        Matching(predicate).SelectPage(limit, continuation);

    /// <summary>The same from the highest key down. ETS: <c>select_reverse/3</c>, <c>select_reverse/1</c>.</summary>
    /// <inheritdoc cref="SelectPage"/>
    public EtsPage<TRow> SelectPageDescending(Func<TRow, bool> predicate, int limit, EtsContinuation? continuation = null) =>
        Matching(predicate).SelectPageDescending(limit, continuation);

    private EtsQuery<TRow, TValue> Matching(Func<TRow, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new EtsQuery<TRow, TValue>(this, KeyRange.All, predicate);
    }
}
