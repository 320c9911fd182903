namespace EtsPersist.Mmf;

/// <summary>
/// From key to key, each with its rows: one, or, in a bag, all in the order of their insertion. An ordered table goes in the order of its keys; any other
/// in one of its own, which stays the same, and in which the last key is the first one and previous is next. The key to go on from need not be there.
/// </summary>
public sealed partial class EtsTable<TRow>
{
    /// <summary>The rows of the first key; none in an empty table. ETS: <c>first_lookup/1</c>.</summary>
    public IReadOnlyList<TRow> FirstLookup()
    {
        var page = ScanPages.Rent();
        Step(page, backward: false);
        return TakeValues(page);
    }

    /// <summary>The rows of the last key; none in an empty table. ETS: <c>last_lookup/1</c>.</summary>
    public IReadOnlyList<TRow> LastLookup()
    {
        var page = ScanPages.Rent();
        Step(page, backward: true);
        return TakeValues(page);
    }

    /// <summary>The rows of the next key behind one that is there or is not; none at the end. ETS: <c>next_lookup/2</c>.</summary>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public IReadOnlyList<TRow> NextLookup<TKey>(TKey key)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        var page = ScanPages.Rent();
        Step(encoded.Bytes, page, backward: false);
        return TakeValues(page);
    }

    /// <summary>The rows of the next key before one that is there or is not; none at the end. ETS: <c>prev_lookup/2</c>.</summary>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public IReadOnlyList<TRow> PreviousLookup<TKey>(TKey key)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        var page = ScanPages.Rent();
        Step(encoded.Bytes, page, backward: true);
        return TakeValues(page);
    }

    /// <summary>The rows from one key to another, in their order, read as the enumeration goes on. ETS: <c>select/2</c> with bounds on the key.</summary>
    /// <param name="low">Where the range begins; the key belongs to it.</param>
    /// <param name="high">Where it ends.</param>
    /// <param name="inclusive">Whether <paramref name="high"/> itself belongs to the range.</param>
    /// <exception cref="TableKindException">The table is not ordered.</exception>
    /// <exception cref="ArgumentException">The keys are of another type than the key member.</exception>
    public IEnumerable<TRow> Range<TKey>(TKey low, TKey high, bool inclusive = false) =>
        RangeQuery(nameof(Range), low, high, inclusive).Rows(backward: false);

    /// <summary>The same rows as of <see cref="Range"/> from the highest key down. ETS: <c>select_reverse/2</c> with bounds on the key.</summary>
    /// <inheritdoc cref="Range"/>
    public IEnumerable<TRow> RangeDescending<TKey>(TKey low, TKey high, bool inclusive = false) =>
        RangeQuery(nameof(RangeDescending), low, high, inclusive).Rows(backward: true);

    private EtsQuery<TRow, TRow> RangeQuery<TKey>(string operation, TKey low, TKey high, bool inclusive)
    {
        using var first = _rows.Encode(low, stackalloc byte[EncodedBytes.ScratchBytes]);
        using var last = _rows.Encode(high, stackalloc byte[EncodedBytes.ScratchBytes]);
        return RangeEncoded(operation, first.Bytes, last.Bytes, inclusive);
    }
}
