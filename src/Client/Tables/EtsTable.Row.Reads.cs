using System.Diagnostics.CodeAnalysis;

namespace EtsPersist.Mmf;

/// <summary>
/// Reads. A key is of the type of the key member; an integer may be of another type, if the key's can hold it: <c>5</c> is as good as <c>5L</c>.
/// </summary>
public sealed partial class EtsTable<TRow>
{
    /// <summary>Reads the row of a key. ETS: <c>lookup/2</c>.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="TableKindException">The table is a bag, whose keys may have several rows; <see cref="Lookup"/> gives all.</exception>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public bool TryGet<TKey>(TKey key, [MaybeNullWhen(false)] out TRow row)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return TryGetEncoded(encoded.Bytes, out row);
    }

    /// <summary>The rows of a key: none or one, or, in a bag, any number in the order of their insertion, as of one moment. ETS: <c>lookup/2</c>.</summary>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public IReadOnlyList<TRow> Lookup<TKey>(TKey key)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return LookupEncoded(encoded.Bytes);
    }

    /// <summary>Whether there is a row of this key. ETS: <c>member/2</c>.</summary>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public bool ContainsKey<TKey>(TKey key)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return File.Contains(encoded.Bytes);
    }

    /// <summary>A part of the row of a key. ETS: <c>lookup_element/3</c>.</summary>
    /// <exception cref="KeyMissingException">There is no such row.</exception>
    /// <exception cref="TableKindException">The table is a bag, whose keys may have several rows.</exception>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public TElement LookupElement<TKey, TElement>(TKey key, Func<TRow, TElement> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return TryGet(key, out var row) ? element(row) : throw MissingKey(key);
    }

    /// <summary>A part of the row of a key, or a value of the caller's where there is no such row. ETS: <c>lookup_element/4</c>.</summary>
    /// <exception cref="TableKindException">The table is a bag, whose keys may have several rows.</exception>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public TElement LookupElement<TKey, TElement>(TKey key, Func<TRow, TElement> element, TElement missing)
    {
        ArgumentNullException.ThrowIfNull(element);
        return TryGet(key, out var row) ? element(row) : missing;
    }

    /// <summary>A part of each row of a key, of a bag in the order of their insertion. ETS: <c>lookup_element/3</c>.</summary>
    /// <exception cref="KeyMissingException">There is no such row.</exception>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public IReadOnlyList<TElement> LookupElements<TKey, TElement>(TKey key, Func<TRow, TElement> element) =>
        Elements(Lookup(key), element) ?? throw MissingKey(key);

    /// <summary>A part of each row of a key, or a list of the caller's, as it is, where there is no such row. ETS: <c>lookup_element/4</c>.</summary>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public IReadOnlyList<TElement> LookupElements<TKey, TElement>(TKey key, Func<TRow, TElement> element, IReadOnlyList<TElement> missing) =>
        Elements(Lookup(key), element) ?? missing;

    /// <summary>
    /// The rows of many keys, in the order of the keys; a missing key has none. The memory of all is asked for at once, so that their cache misses pass
    /// together. ETS has no such function.
    /// </summary>
    /// <exception cref="ArgumentException">The keys are of another type than the key member.</exception>
    public IReadOnlyList<TRow> GetMany<TKey>(IEnumerable<TKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var rows = new List<TRow>();
        using var group = new KeyGroup(File, stackalloc int[KeyGroup.Size], stackalloc ulong[KeyGroup.Size]);
        Span<byte> scratch = stackalloc byte[EncodedBytes.ScratchBytes];
        foreach (var key in keys)
        {
            using (var encoded = _rows.Encode(key, scratch))
                group.Add(encoded.Bytes);
            if (!group.IsFull)
                continue;
            AddRows(in group, rows);
            group.Clear();
        }
        AddRows(in group, rows);
        return rows;
    }
}
