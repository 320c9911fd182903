namespace EtsPersist.Mmf;

/// <summary>
/// Updates that depend on the row that is there. The function runs outside of any lock, and once more for each time that somebody else was quicker, so it
/// should do nothing but compute.
/// </summary>
public sealed partial class EtsTable<TKey, TValue>
{
    /// <summary>Replaces the value of a key by what a function makes of it, as one operation. ETS: <c>select_replace/2</c> on one key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="function">Makes the new value from the one that is there; called again if that has changed meanwhile.</param>
    /// <returns>Whether there was a row.</returns>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    public bool Update(TKey key, Func<TValue, TValue> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Update(key, function, static (value, update) => update(value));
    }

    /// <summary>The same with a state that is handed to the function, which then needs no closure.</summary>
    /// <inheritdoc cref="Update(TKey, Func{TValue, TValue})"/>
    public bool Update<TState>(TKey key, TState state, Func<TValue, TState, TValue> function)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return UpdateEncoded(encoded.Bytes, state, function);
    }

    /// <summary>Stores a value under a key that has none; else replaces the one that is there by what a function makes of it. One operation.</summary>
    /// <param name="key">The key.</param>
    /// <param name="initial">What to store where the key is missing.</param>
    /// <param name="function">Makes the new value from the one that is there; called again if that has changed meanwhile.</param>
    /// <returns>The value that was stored.</returns>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    public TValue InsertOrUpdate(TKey key, TValue initial, Func<TValue, TValue> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return InsertOrUpdate(key, initial, function, static (value, update) => update(value));
    }

    /// <summary>The same with a state that is handed to the function, which then needs no closure.</summary>
    /// <inheritdoc cref="InsertOrUpdate(TKey, TValue, Func{TValue, TValue})"/>
    public TValue InsertOrUpdate<TState>(TKey key, TValue initial, TState state, Func<TValue, TState, TValue> function)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return InsertOrUpdateEncoded(encoded.Bytes, initial, state, function);
    }

    /// <summary>
    /// Replaces the value of a key if it is the expected one, as one operation. Values are the same if they encode to the same bytes. ETS:
    /// <c>select_replace/2</c> with the object as the pattern.
    /// </summary>
    /// <returns>Whether it was replaced.</returns>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    public bool CompareExchange(TKey key, TValue expected, TValue value)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return CompareExchangeEncoded(encoded.Bytes, expected, value);
    }
}
