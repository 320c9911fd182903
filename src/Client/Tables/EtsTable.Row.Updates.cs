using System.Linq.Expressions;

namespace EtsPersist.Mmf;

/// <summary>Updates that depend on the row that is there. Functions run outside of any lock, and once more for each time that somebody else was quicker.</summary>
public sealed partial class EtsTable<TRow>
{
    /// <summary>Replaces the row of a key by what a function makes of it, as one operation. ETS: <c>select_replace/2</c> on one key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="function">Makes the new row, of the same key, from the one that is there; called again if that has changed meanwhile.</param>
    /// <returns>Whether there was a row.</returns>
    /// <exception cref="KeyChangedException">The new row has another key.</exception>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public bool Update<TKey>(TKey key, Func<TRow, TRow> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Update(key, function, static (row, update) => update(row));
    }

    /// <summary>The same with a state that is handed to the function, which then needs no closure.</summary>
    /// <inheritdoc cref="Update{TKey}(TKey, Func{TRow, TRow})"/>
    public bool Update<TKey, TState>(TKey key, TState state, Func<TRow, TState, TRow> function)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return UpdateEncoded(encoded.Bytes, state, function);
    }

    /// <summary>Stores a row whose key has none; else replaces the one that is there by what a function makes of it. One operation.</summary>
    /// <param name="initial">What to store where its key is missing.</param>
    /// <param name="function">Makes the new row, of the same key, from the one that is there; called again if that has changed meanwhile.</param>
    /// <returns>The row that was stored.</returns>
    /// <exception cref="KeyChangedException">The new row has another key.</exception>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    public TRow InsertOrUpdate(TRow initial, Func<TRow, TRow> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return InsertOrUpdate(initial, function, static (row, update) => update(row));
    }

    /// <summary>The same with a state that is handed to the function, which then needs no closure.</summary>
    /// <inheritdoc cref="InsertOrUpdate(TRow, Func{TRow, TRow})"/>
    public TRow InsertOrUpdate<TState>(TRow initial, TState state, Func<TRow, TState, TRow> function)
    {
        using var key = _rows.EncodeKey(initial, stackalloc byte[EncodedBytes.ScratchBytes]);
        return InsertOrUpdateEncoded(key.Bytes, initial, state, function);
    }

    /// <summary>
    /// Replaces a row by another of the same key if it is the expected one, as one operation. Rows are the same if their bytes are. ETS:
    /// <c>select_replace/2</c> with the object as the pattern.
    /// </summary>
    /// <returns>Whether it was replaced.</returns>
    /// <exception cref="KeyChangedException">The rows have different keys.</exception>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    public bool CompareExchange(TRow expected, TRow row)
    {
        using var key = _rows.EncodeKey(expected, stackalloc byte[EncodedBytes.ScratchBytes]);
        return CompareExchangeEncoded(key.Bytes, expected, row);
    }

    /// <summary>
    /// Sets a member of the row of a key, as one operation; the other members stay, also those that only a newer version of the program knows. ETS:
    /// <c>update_element/3</c>.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="member">Which member, such as <c>row => row.Balance</c>; not the key.</param>
    /// <param name="value">What to set it to.</param>
    /// <returns>Whether there is such a row.</returns>
    /// <exception cref="KeyChangedException">The member is the key.</exception>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    /// <exception cref="ArgumentException">The lambda is no stored member of the row, or the key is of another type than the key member.</exception>
    public bool UpdateElement<TKey, TElement>(TKey key, Expression<Func<TRow, TElement>> member, TElement value) =>
        UpdateElements(key, [EtsElement.Set(member, value)]);

    /// <summary>The same in a row that begins as <paramref name="initial"/> where it is missing, with this key instead of its own. ETS: <c>update_element/4</c>.</summary>
    /// <inheritdoc cref="UpdateElement{TKey, TElement}(TKey, Expression{Func{TRow, TElement}}, TElement)" path="/exception"/>
    public void UpdateElement<TKey, TElement>(TKey key, Expression<Func<TRow, TElement>> member, TElement value, TRow initial) =>
        UpdateElements(key, [EtsElement.Set(member, value)], initial);

    /// <summary>Sets several members of the row of a key, in their order, as one operation. ETS: <c>update_element/3</c> with a list.</summary>
    /// <returns>Whether there is such a row.</returns>
    /// <inheritdoc cref="UpdateElement{TKey, TElement}(TKey, Expression{Func{TRow, TElement}}, TElement)" path="/exception"/>
    public bool UpdateElements<TKey>(TKey key, ReadOnlySpan<ElementUpdate<TRow>> updates)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return UpdateElementsEncoded(encoded.Bytes, updates);
    }

    /// <summary>The same in a row that begins as <paramref name="initial"/> where it is missing, also if there is nothing to set. ETS: <c>update_element/4</c>.</summary>
    /// <inheritdoc cref="UpdateElement{TKey, TElement}(TKey, Expression{Func{TRow, TElement}}, TElement)" path="/exception"/>
    public void UpdateElements<TKey>(TKey key, ReadOnlySpan<ElementUpdate<TRow>> updates, TRow initial)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        UpdateElementsEncoded(encoded.Bytes, updates, initial);
    }

    /// <summary>Adds to a member of the row of a key, as one operation. ETS: <c>update_counter/3</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="member">Which member, an integer, such as <c>row => row.Balance</c>; not the key.</param>
    /// <param name="update">What to add, and, if it has a threshold, when to start again.</param>
    /// <returns>The member's new value.</returns>
    /// <exception cref="CounterException">The row is missing, the member is no integer, or the sum does not fit; nothing has changed.</exception>
    /// <exception cref="KeyChangedException">The member is the key.</exception>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    /// <exception cref="ArgumentException">The lambda is no stored member of the row, or the key is of another type than the key member.</exception>
    public long UpdateCounter<TKey, TCounter>(TKey key, Expression<Func<TRow, TCounter>> member, CounterUpdate update) =>
        UpdateCounters(key, [EtsElement.Add(member, update)])[0];

    /// <summary>The same in a row that begins as <paramref name="initial"/> where it is missing, with this key instead of its own. ETS: <c>update_counter/4</c>.</summary>
    /// <inheritdoc cref="UpdateCounter{TKey, TCounter}(TKey, Expression{Func{TRow, TCounter}}, CounterUpdate)"/>
    public long UpdateCounter<TKey, TCounter>(TKey key, Expression<Func<TRow, TCounter>> member, CounterUpdate update, TRow initial) =>
        UpdateCounters(key, [EtsElement.Add(member, update)], initial)[0];

    /// <summary>Adds to several members of the row of a key, in their order, as one operation. ETS: <c>update_counter/3</c> with a list.</summary>
    /// <returns>The value after each addition.</returns>
    /// <inheritdoc cref="UpdateCounter{TKey, TCounter}(TKey, Expression{Func{TRow, TCounter}}, CounterUpdate)" path="/exception"/>
    public IReadOnlyList<long> UpdateCounters<TKey>(TKey key, ReadOnlySpan<ElementCounter<TRow>> counters)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return UpdateCountersEncoded(encoded.Bytes, counters);
    }

    /// <summary>The same in a row that begins as <paramref name="initial"/> where it is missing, also if there is nothing to add. ETS: <c>update_counter/4</c>.</summary>
    /// <inheritdoc cref="UpdateCounters{TKey}(TKey, ReadOnlySpan{ElementCounter{TRow}})"/>
    public IReadOnlyList<long> UpdateCounters<TKey>(TKey key, ReadOnlySpan<ElementCounter<TRow>> counters, TRow initial)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return UpdateCountersEncoded(encoded.Bytes, counters, initial);
    }
}
