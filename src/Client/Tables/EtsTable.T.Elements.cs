using System.Linq.Expressions;

namespace EtsPersist.Mmf;

/// <summary>Parts of rows.</summary>
public sealed partial class EtsTable<TKey, TValue>
{
    /// <summary>A part of the row of a key. ETS: <c>lookup_element/3</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="element">Which part, such as <c>row => row.Balance</c>.</param>
    /// <exception cref="KeyMissingException">There is no such row.</exception>
    /// <exception cref="TableKindException">The table is a bag, whose keys may have several rows; <see cref="LookupElements{TElement}(TKey, Func{TValue, TElement})"/> takes a part of each.</exception>
    public TElement LookupElement<TElement>(TKey key, Func<TValue, TElement> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return TryGet(key, out var value) ? element(value) : throw MissingKey(key);
    }

    /// <summary>A part of the row of a key, or a value of the caller's where there is no such row. ETS: <c>lookup_element/4</c>.</summary>
    /// <exception cref="TableKindException">The table is a bag, whose keys may have several rows.</exception>
    public TElement LookupElement<TElement>(TKey key, Func<TValue, TElement> element, TElement missing)
    {
        ArgumentNullException.ThrowIfNull(element);
        return TryGet(key, out var value) ? element(value) : missing;
    }

    /// <summary>A part of each row of a key, of a bag in the order of their insertion. ETS: <c>lookup_element/3</c>.</summary>
    /// <exception cref="KeyMissingException">There is no such row.</exception>
    public IReadOnlyList<TElement> LookupElements<TElement>(TKey key, Func<TValue, TElement> element) =>
        Elements(Lookup(key), element) ?? throw MissingKey(key);

    /// <summary>A part of each row of a key, or a list of the caller's, as it is, where there is no such row. ETS: <c>lookup_element/4</c>.</summary>
    public IReadOnlyList<TElement> LookupElements<TElement>(TKey key, Func<TValue, TElement> element, IReadOnlyList<TElement> missing) =>
        Elements(Lookup(key), element) ?? missing;

    /// <summary>
    /// Sets a member of the row of a key, as one operation; the other members stay, also those that only a newer version of the program knows. ETS:
    /// <c>update_element/3</c>.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="member">Which member, such as <c>row => row.Balance</c>.</param>
    /// <param name="value">What to set it to.</param>
    /// <returns>Whether there is such a row.</returns>
    /// <exception cref="ArgumentException">The lambda is no stored member of the row.</exception>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    public bool UpdateElement<TElement>(TKey key, Expression<Func<TValue, TElement>> member, TElement value) =>
        UpdateElements(key, [EtsElement.Set(member, value)]);

    /// <summary>The same in a row that begins as <paramref name="initial"/> where it is missing. ETS: <c>update_element/4</c>.</summary>
    /// <inheritdoc cref="UpdateElement{TElement}(TKey, Expression{Func{TValue, TElement}}, TElement)" path="/exception"/>
    public void UpdateElement<TElement>(TKey key, Expression<Func<TValue, TElement>> member, TElement value, TValue initial) =>
        UpdateElements(key, [EtsElement.Set(member, value)], initial);

    /// <summary>Sets several members of the row of a key, in their order, as one operation. ETS: <c>update_element/3</c> with a list.</summary>
    /// <returns>Whether there is such a row.</returns>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    public bool UpdateElements(TKey key, ReadOnlySpan<ElementUpdate<TValue>> updates)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return UpdateElementsEncoded(encoded.Bytes, updates);
    }

    /// <summary>The same in a row that begins as <paramref name="initial"/> where it is missing, also if there is nothing to set. ETS: <c>update_element/4</c>.</summary>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    public void UpdateElements(TKey key, ReadOnlySpan<ElementUpdate<TValue>> updates, TValue initial)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        UpdateElementsEncoded(encoded.Bytes, updates, initial);
    }
}
