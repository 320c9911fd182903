using System.Linq.Expressions;

namespace EtsPersist.Mmf;

/// <summary>Counters. One that is the whole value of its row changes in place; one that is a member of a record by a new version of the row.</summary>
public sealed partial class EtsTable<TKey, TValue>
{
    /// <summary>Adds to the counter of a key, in place. Allocates nothing. ETS: <c>update_counter/3</c>.</summary>
    /// <returns>The new value.</returns>
    /// <exception cref="CounterException">The row is missing, the values are no integers, or the sum does not fit; nothing has changed.</exception>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    public long UpdateCounter(TKey key, long increment) => AddToCounter(key, increment, null);

    /// <summary>Adds to the counter of a key, which begins at <paramref name="initial"/> where it is missing. ETS: <c>update_counter/4</c>.</summary>
    /// <returns>The new value.</returns>
    /// <exception cref="CounterException">The values are no integers, or the sum does not fit; nothing has changed.</exception>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    public long UpdateCounter(TKey key, long increment, long initial) => AddToCounter(key, increment, initial);

    /// <summary>Adds to the counter of a key, which starts again beyond a threshold. ETS: <c>update_counter/3</c> with <c>{Pos, Incr, Threshold, SetValue}</c>.</summary>
    /// <returns>The new value.</returns>
    /// <inheritdoc cref="UpdateCounter(TKey, long)" path="/exception"/>
    public long UpdateCounter(TKey key, CounterUpdate update) => UpdateCounter(key, [update])[0];

    /// <summary>The same for a counter that begins at <paramref name="initial"/> where it is missing. ETS: <c>update_counter/4</c>.</summary>
    /// <returns>The new value.</returns>
    /// <inheritdoc cref="UpdateCounter(TKey, long, long)" path="/exception"/>
    public long UpdateCounter(TKey key, CounterUpdate update, long initial) => UpdateCounter(key, [update], initial)[0];

    /// <summary>
    /// Adds to the counter of a key several times as one operation, each time to what the time before has left. ETS: <c>update_counter/3</c> with a list.
    /// </summary>
    /// <returns>The value after each addition.</returns>
    /// <inheritdoc cref="UpdateCounter(TKey, long)" path="/exception"/>
    public IReadOnlyList<long> UpdateCounter(TKey key, ReadOnlySpan<CounterUpdate> updates) => AddToCounter(key, updates, null);

    /// <summary>The same for a counter that begins at <paramref name="initial"/> where it is missing, also if there is nothing to add. ETS: <c>update_counter/4</c>.</summary>
    /// <returns>The value after each addition.</returns>
    /// <inheritdoc cref="UpdateCounter(TKey, long, long)" path="/exception"/>
    public IReadOnlyList<long> UpdateCounter(TKey key, ReadOnlySpan<CounterUpdate> updates, long initial) => AddToCounter(key, updates, initial);

    /// <summary>Adds to a member of the row of a key, as one operation. ETS: <c>update_counter/3</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="member">Which member, an integer, such as <c>row => row.Balance</c>.</param>
    /// <param name="update">What to add, and, if it has a threshold, when to start again.</param>
    /// <returns>The member's new value.</returns>
    /// <exception cref="CounterException">The row is missing, the member is no integer, or the sum does not fit; nothing has changed.</exception>
    /// <exception cref="ArgumentException">The lambda is no stored member of the row.</exception>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    public long UpdateCounter<TCounter>(TKey key, Expression<Func<TValue, TCounter>> member, CounterUpdate update) =>
        UpdateCounters(key, [EtsElement.Add(member, update)])[0];

    /// <summary>The same in a row that begins as <paramref name="initial"/> where it is missing. ETS: <c>update_counter/4</c>.</summary>
    /// <inheritdoc cref="UpdateCounter{TCounter}(TKey, Expression{Func{TValue, TCounter}}, CounterUpdate)"/>
    public long UpdateCounter<TCounter>(TKey key, Expression<Func<TValue, TCounter>> member, CounterUpdate update, TValue initial) =>
        UpdateCounters(key, [EtsElement.Add(member, update)], initial)[0];

    /// <summary>Adds to several members of the row of a key, in their order, as one operation. ETS: <c>update_counter/3</c> with a list.</summary>
    /// <returns>The value after each addition.</returns>
    /// <exception cref="CounterException">The row is missing, or a sum does not fit; nothing has changed.</exception>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    public IReadOnlyList<long> UpdateCounters(TKey key, ReadOnlySpan<ElementCounter<TValue>> counters)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return UpdateCountersEncoded(encoded.Bytes, counters);
    }

    /// <summary>The same in a row that begins as <paramref name="initial"/> where it is missing, also if there is nothing to add. ETS: <c>update_counter/4</c>.</summary>
    /// <inheritdoc cref="UpdateCounters(TKey, ReadOnlySpan{ElementCounter{TValue}})"/>
    public IReadOnlyList<long> UpdateCounters(TKey key, ReadOnlySpan<ElementCounter<TValue>> counters, TValue initial)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return UpdateCountersEncoded(encoded.Bytes, counters, initial);
    }

    private long AddToCounter(TKey key, long increment, long? initial)
    {
        var format = Counters ?? throw CounterFormats.NoCounter<TValue>();
        if (typeof(TKey).IsValueType && RawLayout<TKey>.IsRawKey && !_file.IsOrdered)
            return _file.UpdateCounter(RowBytes.Of(in key), increment, initial, format);
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return _file.UpdateCounter(encoded.Bytes, increment, initial, format);
    }

    private long[] AddToCounter(TKey key, ReadOnlySpan<CounterUpdate> updates, long? initial)
    {
        var format = Counters ?? throw CounterFormats.NoCounter<TValue>();
        var results = new long[updates.Length];
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        _file.UpdateCounter(encoded.Bytes, updates, results, initial, format);
        return results;
    }
}
