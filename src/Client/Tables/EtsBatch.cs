using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Operations;

namespace EtsPersist.Mmf;

/// <summary>
/// Operations that take effect together: <see cref="EtsTable{TKey, TValue}.Commit"/> makes all of them visible by one store.
/// Several on one key take effect in the order in which they were added.
/// </summary>
/// <remarks>
/// Threads: one at a time. Blocking: never. Allocation: its buffers grow to the largest batch and are kept. Lifetime: it can be committed,
/// cleared and filled again, by the table that made it or another one of the same types and of keys that are ordered, or not, as its are;
/// it holds no part of a table. Failure: <see cref="BatchTooLargeException"/> by the operation that would take it beyond
/// 1 GiB; the batch is as it was before it.
/// </remarks>
public sealed class EtsBatch<TKey, TValue>
{
    private readonly ICodec<TKey> _keys;
    private readonly ICodec<TValue> _values;

    internal EtsBatch(bool isOrdered, ICodec<TKey> keys, ICodec<TValue> values, CounterFormat? counters)
    {
        IsOrdered = isOrdered;
        _keys = keys;
        _values = values;
        HasCounters = counters.HasValue;
        Plan = new BatchPlan { Counters = counters.GetValueOrDefault(new CounterFormat(sizeof(long), IsSigned: true)) };
    }

    /// <summary>How many operations it holds.</summary>
    public int Count => Plan.Count;

    internal BatchPlan Plan { get; }

    /// <summary>Whether its keys are the bytes that an ordered table has.</summary>
    internal bool IsOrdered { get; }

    private bool HasCounters { get; }

    /// <summary>Adds: store a row, as <see cref="EtsTable{TKey, TValue}.Insert"/> does. ETS: an object of <c>insert/2</c> with a list.</summary>
    /// <exception cref="KeyTooLargeException">The encoded key is too long.</exception>
    /// <exception cref="ValueTooLargeException">The encoded value is too long.</exception>
    public EtsBatch<TKey, TValue> Insert(TKey key, TValue value)
    {
        using var encodedKey = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        using var encodedValue = EncodedBytes.Of(_values, value, stackalloc byte[EncodedBytes.ScratchBytes]);
        Plan.Insert(encodedKey.Bytes, encodedValue.Bytes);
        return this;
    }

    /// <summary>Adds: remove the row of a key, or, in a bag, all its rows. ETS: <c>delete/2</c>.</summary>
    /// <exception cref="KeyTooLargeException">The encoded key is too long.</exception>
    public EtsBatch<TKey, TValue> Delete(TKey key)
    {
        using var encodedKey = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        Plan.Delete(encodedKey.Bytes);
        return this;
    }

    /// <summary>Adds: remove a row of a bag with all its copies, if it is there with this value. ETS: <c>delete_object/2</c>.</summary>
    /// <exception cref="KeyTooLargeException">The encoded key is too long.</exception>
    /// <exception cref="ValueTooLargeException">The encoded value is too long.</exception>
    public EtsBatch<TKey, TValue> DeleteObject(TKey key, TValue value)
    {
        using var encodedKey = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        using var encodedValue = EncodedBytes.Of(_values, value, stackalloc byte[EncodedBytes.ScratchBytes]);
        Plan.DeleteObject(encodedKey.Bytes, encodedValue.Bytes);
        return this;
    }

    /// <summary>Adds: add to a counter that is there when the batch is committed, else fail the whole batch. ETS: <c>update_counter/3</c>.</summary>
    /// <exception cref="CounterException">The table's values are no integers.</exception>
    public EtsBatch<TKey, TValue> UpdateCounter(TKey key, long increment) => AddCounter(key, increment, null);

    /// <summary>Adds: add to a counter, which begins at <paramref name="initial"/> where it is missing. ETS: <c>update_counter/4</c>.</summary>
    /// <exception cref="CounterException">The table's values are no integers.</exception>
    public EtsBatch<TKey, TValue> UpdateCounter(TKey key, long increment, long initial) => AddCounter(key, increment, initial);

    /// <summary>Forgets all operations and keeps the buffers.</summary>
    public void Clear() => Plan.Clear();

    private EtsBatch<TKey, TValue> AddCounter(TKey key, long increment, long? initial)
    {
        if (!HasCounters)
            throw CounterFormats.NoCounter<TValue>();
        using var encodedKey = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        Plan.UpdateCounter(encodedKey.Bytes, increment, initial);
        return this;
    }
}
