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
    /// <inheritdoc cref="LookupElement{TElement}(TKey, Func{TValue, TElement})" path="/exception[contains(@cref, 'TableKind')]"/>
    public TElement LookupElement<TElement>(TKey key, Func<TValue, TElement> element, TElement missing)
    {
        ArgumentNullException.ThrowIfNull(element);
        return TryGet(key, out var value) ? element(value) : missing;
    }

    /// <summary>A part of each row of a key, of a bag in the order of their insertion. ETS: <c>lookup_element/3</c>.</summary>
    /// <exception cref="KeyMissingException">There is no such row.</exception>
    public IReadOnlyList<TElement> LookupElements<TElement>(TKey key, Func<TValue, TElement> element) =>
        LookupElementsOf(key, element) ?? throw MissingKey(key);

    /// <summary>A part of each row of a key, or a list of the caller's, as it is, where there is no such row. ETS: <c>lookup_element/4</c>.</summary>
    public IReadOnlyList<TElement> LookupElements<TElement>(TKey key, Func<TValue, TElement> element, IReadOnlyList<TElement> missing) =>
        LookupElementsOf(key, element) ?? missing;

    private TElement[]? LookupElementsOf<TElement>(TKey key, Func<TValue, TElement> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        var values = Lookup(key);
        return values.Count == 0 ? null : [.. values.Select(element)];
    }

    private KeyMissingException MissingKey(TKey key) =>
        new($"Table '{Name}' has no row of key {key}. Insert it first, or say what to take where it is missing.");
}
