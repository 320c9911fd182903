namespace EtsPersist.Mmf;

/// <summary>Many keys at once: the memory of all is asked for together, so that their cache misses pass together. ETS has no such function.</summary>
public sealed partial class EtsTable<TKey, TValue>
{
    /// <summary>The rows of many keys, in the order of the keys; a missing key has none. Each is read as of a moment of its own.</summary>
    public IReadOnlyList<KeyValuePair<TKey, TValue>> GetMany(IEnumerable<TKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var rows = new List<KeyValuePair<TKey, TValue>>();
        using var group = new KeyGroup(_file, stackalloc int[KeyGroup.Size], stackalloc ulong[KeyGroup.Size]);
        Span<byte> scratch = stackalloc byte[EncodedBytes.ScratchBytes];
        foreach (var key in keys)
        {
            using (var encoded = EncodedBytes.Of(_keys, key, scratch))
                group.Add(encoded.Bytes);
            if (!group.IsFull)
                continue;
            AddRows(in group, rows);
            group.Clear();
        }
        AddRows(in group, rows);
        return rows;
    }

    /// <summary>
    /// The values of many keys, each at the place of its key, <c>default</c> where the key is missing. Allocates nothing where keys and values have a fixed
    /// size.
    /// </summary>
    /// <param name="keys">The keys.</param>
    /// <param name="values">Takes the values; as long as <paramref name="keys"/>.</param>
    /// <param name="found">Takes whether there is a row of each key; as long as <paramref name="keys"/>.</param>
    /// <returns>How many of the keys have a row.</returns>
    /// <exception cref="TableKindException">The table is a bag, whose keys may have several rows; the form that returns a list gives all.</exception>
    public int GetMany(ReadOnlySpan<TKey> keys, Span<TValue> values, Span<bool> found)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, keys.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(found.Length, keys.Length);
        RequireOneRowPerKey(nameof(GetMany), "Use the form that returns a list.");
        var count = 0;
        using var group = new KeyGroup(_file, stackalloc int[KeyGroup.Size], stackalloc ulong[KeyGroup.Size]);
        Span<byte> scratch = stackalloc byte[EncodedBytes.ScratchBytes];
        for (var start = 0; start < keys.Length; start += KeyGroup.Size)
        {
            var some = keys.Slice(start, Math.Min(KeyGroup.Size, keys.Length - start));
            foreach (var key in some)
            {
                using var encoded = EncodedBytes.Of(_keys, key, scratch);
                group.Add(encoded.Bytes);
            }
            group.Prefetch();
            for (var index = 0; index < some.Length; index++)
                count += (found[start + index] = TryGetBytes(group[index], out values[start + index]!)) ? 1 : 0;
            group.Clear();
        }
        return count;
    }
}
