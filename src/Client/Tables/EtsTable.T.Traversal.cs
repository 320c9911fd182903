using System.Diagnostics.CodeAnalysis;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf;

/// <summary>
/// From key to key. An ordered table goes in the order of its keys; any other in one of its own, which stays the same, and in which the last key is the
/// first one and previous is next. The key to go on from need not be there: neither direction ever needs a pin.
/// </summary>
public sealed partial class EtsTable<TKey, TValue>
{
    /// <summary>The first key. ETS: <c>first/1</c>.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryFirst([MaybeNullWhen(false)] out TKey key)
    {
        var page = ScanPages.Rent();
        return KeyOf(Step(page, backward: false), page, out key);
    }

    /// <summary>The first key and the values under it. ETS: <c>first_lookup/1</c>.</summary>
    /// <inheritdoc cref="TryFirst"/>
    public bool TryFirstLookup([MaybeNullWhen(false)] out TKey key, out IReadOnlyList<TValue> values)
    {
        var page = ScanPages.Rent();
        return RowsOf(Step(page, backward: false), page, out key, out values);
    }

    /// <summary>The last key. ETS: <c>last/1</c>.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryLast([MaybeNullWhen(false)] out TKey key)
    {
        var page = ScanPages.Rent();
        return KeyOf(Step(page, backward: true), page, out key);
    }

    /// <summary>The last key and the values under it. ETS: <c>last_lookup/1</c>.</summary>
    /// <inheritdoc cref="TryLast"/>
    public bool TryLastLookup([MaybeNullWhen(false)] out TKey key, out IReadOnlyList<TValue> values)
    {
        var page = ScanPages.Rent();
        return RowsOf(Step(page, backward: true), page, out key, out values);
    }

    /// <summary>The next key behind one that is there or is not. ETS: <c>next/2</c>.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryNext(TKey key, [MaybeNullWhen(false)] out TKey next)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        var page = ScanPages.Rent();
        return KeyOf(Step(encoded.Bytes, page, backward: false), page, out next);
    }

    /// <summary>The next key behind one that is there or is not, and the values under it. ETS: <c>next_lookup/2</c>.</summary>
    /// <inheritdoc cref="TryNext"/>
    public bool TryNextLookup(TKey key, [MaybeNullWhen(false)] out TKey next, out IReadOnlyList<TValue> values)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        var page = ScanPages.Rent();
        return RowsOf(Step(encoded.Bytes, page, backward: false), page, out next, out values);
    }

    /// <summary>The next key before one that is there or is not. ETS: <c>prev/2</c>.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryPrevious(TKey key, [MaybeNullWhen(false)] out TKey previous)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        var page = ScanPages.Rent();
        return KeyOf(Step(encoded.Bytes, page, backward: true), page, out previous);
    }

    /// <summary>The next key before one that is there or is not, and the values under it. ETS: <c>prev_lookup/2</c>.</summary>
    /// <inheritdoc cref="TryPrevious"/>
    public bool TryPreviousLookup(TKey key, [MaybeNullWhen(false)] out TKey previous, out IReadOnlyList<TValue> values)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        var page = ScanPages.Rent();
        return RowsOf(Step(encoded.Bytes, page, backward: true), page, out previous, out values);
    }

    /// <summary>The rows from one key to another, in their order, read as the enumeration goes on. ETS: <c>select/2</c> with bounds on the key.</summary>
    /// <param name="low">Where the range begins; the key belongs to it.</param>
    /// <param name="high">Where it ends.</param>
    /// <param name="inclusive">Whether <paramref name="high"/> itself belongs to the range.</param>
    /// <exception cref="TableKindException">The table is not ordered.</exception>
    public IEnumerable<KeyValuePair<TKey, TValue>> Range(TKey low, TKey high, bool inclusive = false) =>
        RangeQuery(nameof(Range), low, high, inclusive).Rows(backward: false);

    /// <summary>The same rows as of <see cref="Range"/> from the highest key down. ETS: <c>select_reverse/2</c> with bounds on the key.</summary>
    /// <inheritdoc cref="Range"/>
    public IEnumerable<KeyValuePair<TKey, TValue>> RangeDescending(TKey low, TKey high, bool inclusive = false) =>
        RangeQuery(nameof(RangeDescending), low, high, inclusive).Rows(backward: true);

    private EtsQuery<KeyValuePair<TKey, TValue>, TValue> RangeQuery(string operation, TKey low, TKey high, bool inclusive)
    {
        using var first = EncodedBytes.Of(_keys, low, stackalloc byte[EncodedBytes.ScratchBytes]);
        using var last = EncodedBytes.Of(_keys, high, stackalloc byte[EncodedBytes.ScratchBytes]);
        return RangeEncoded(operation, first.Bytes, last.Bytes, inclusive);
    }

    private bool KeyOf(bool isFound, ScanPage page, [MaybeNullWhen(false)] out TKey key)
    {
        key = isFound ? _keys.Decode(page.Key(0)) : default;
        ScanPages.Return(page);
        return isFound;
    }

    private bool RowsOf(bool isFound, ScanPage page, [MaybeNullWhen(false)] out TKey key, out IReadOnlyList<TValue> values)
    {
        values = ValuesOf(page);
        return KeyOf(isFound, page, out key);
    }
}
