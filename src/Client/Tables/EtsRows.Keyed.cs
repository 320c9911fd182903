using System.Diagnostics.CodeAnalysis;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf;

/// <summary>What both faces do under an encoded key.</summary>
public abstract partial class EtsRows<TRow, TValue>
{
    private protected bool UpdateEncoded<TState>(ReadOnlySpan<byte> key, TState state, Func<TValue, TState, TValue> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        RequireOneRowPerKey("Update", "Take the rows and insert others.");
        using var stored = new StoredBytes(stackalloc byte[StoredBytes.ScratchBytes]);
        Span<byte> scratch = stackalloc byte[StoredBytes.ScratchBytes];
        while (stored.Read(File, key))
        {
            if (Exchange(key, stored.Bytes, function(Codec.Values.Decode(stored.Bytes), state), scratch))
                return true;
        }
        File.RequireWriter();
        return false;
    }

    private protected TValue InsertOrUpdateEncoded<TState>(ReadOnlySpan<byte> key, TValue initial, TState state, Func<TValue, TState, TValue> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        RequireOneRowPerKey("InsertOrUpdate", "Insert the row.");
        using var stored = new StoredBytes(stackalloc byte[StoredBytes.ScratchBytes]);
        Span<byte> scratch = stackalloc byte[StoredBytes.ScratchBytes];
        while (true)
        {
            if (stored.Read(File, key))
            {
                var updated = function(Codec.Values.Decode(stored.Bytes), state);
                if (Exchange(key, stored.Bytes, updated, scratch))
                    return updated;
            }
            else if (TryInsertNew(key, initial, scratch))
            {
                return initial;
            }
        }
    }

    private protected bool CompareExchangeEncoded(ReadOnlySpan<byte> key, TValue expected, TValue value)
    {
        RequireOneRowPerKey("CompareExchange", "Delete the one object and insert the other in a batch.");
        using var encoded = EncodedBytes.Of(Codec.Values, expected, stackalloc byte[StoredBytes.ScratchBytes]);
        return Exchange(key, encoded.Bytes, value, stackalloc byte[StoredBytes.ScratchBytes]);
    }

    /// <summary>Steps to the nearest key, whose rows the page gets. Where keys have no order there is but one direction, as in ETS.</summary>
    private protected bool Step(ScanPage page, bool backward) =>
        backward && Kind == TableKind.OrderedSet ? File.TryLast(page) : File.TryFirst(page);

    /// <inheritdoc cref="Step(ScanPage, bool)"/>
    private protected bool Step(ReadOnlySpan<byte> key, ScanPage page, bool backward) =>
        backward && Kind == TableKind.OrderedSet ? File.TryPrevious(key, page) : File.TryNext(key, page);

    private protected EtsQuery<TRow, TValue> RangeEncoded(string operation, ReadOnlySpan<byte> low, ReadOnlySpan<byte> high, bool inclusive)
    {
        RequireOrder(operation, "Select by a predicate.");
        var range = KeyRange.From(low.ToArray(), inclusive: true).Intersect(KeyRange.To(high.ToArray(), inclusive));
        return new EtsQuery<TRow, TValue>(this, range, static _ => true);
    }

    private protected bool TryGetEncoded(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out TValue value)
    {
        using var stored = new StoredBytes(stackalloc byte[StoredBytes.ScratchBytes]);
        var isFound = stored.Read(File, key);
        value = isFound ? Codec.Values.Decode(stored.Bytes) : default;
        return isFound;
    }

    /// <summary>Adds the rows of some keys to a list.</summary>
    private protected void AddRows(in KeyGroup group, List<TRow> rows)
    {
        group.Prefetch();
        var page = new ScanPage();
        for (var index = 0; index < group.Count; index++)
        {
            File.Lookup(group[index], page);
            for (var row = 0; row < page.Count; row++)
                rows.Add(Codec.Decode(page.Key(row), page.Value(row)));
        }
    }

    private protected static TElement[]? Elements<TElement>(IReadOnlyList<TValue> values, Func<TValue, TElement> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return values.Count == 0 ? null : [.. values.Select(element)];
    }

    private protected KeyMissingException MissingKey<TKey>(TKey key) =>
        new($"Table '{Name}' has no row of key {key}. Insert it first, or say what to take where it is missing.");

    private protected IReadOnlyList<TValue> LookupEncoded(ReadOnlySpan<byte> key)
    {
        var page = ScanPages.Rent();
        File.Lookup(key, page);
        return TakeValues(page);
    }

    private protected IReadOnlyList<TValue> TakeEncoded(ReadOnlySpan<byte> key)
    {
        var page = ScanPages.Rent();
        File.Take(key, page);
        return TakeValues(page);
    }

    private protected long DeleteObjectEncoded(ReadOnlySpan<byte> key, TValue value)
    {
        using var encoded = EncodedBytes.Of(Codec.Values, value, stackalloc byte[EncodedBytes.ScratchBytes]);
        return File.DeleteObject(key, encoded.Bytes);
    }

    /// <summary>The values of a rented page, which goes back.</summary>
    private protected TValue[] TakeValues(ScanPage page)
    {
        var values = ValuesOf(page);
        ScanPages.Return(page);
        return values;
    }

    private protected TValue[] ValuesOf(ScanPage page)
    {
        var values = page.Count == 0 ? [] : new TValue[page.Count];
        for (var row = 0; row < values.Length; row++)
            values[row] = Codec.Values.Decode(page.Value(row));
        return values;
    }

    /// <summary>Replaces a value if it is, byte for byte, the expected one.</summary>
    internal bool Exchange(ReadOnlySpan<byte> key, ReadOnlySpan<byte> expected, TValue value, Span<byte> scratch)
    {
        Codec.RequireKey(value, key);
        using var encoded = EncodedBytes.Of(Codec.Values, value, scratch);
        return File.CompareExchange(key, expected, encoded.Bytes);
    }

    private bool TryInsertNew(ReadOnlySpan<byte> key, TValue value, Span<byte> scratch)
    {
        Codec.RequireKey(value, key);
        using var encoded = EncodedBytes.Of(Codec.Values, value, scratch);
        return File.InsertNew(key, encoded.Bytes);
    }
}
