namespace EtsPersist.Mmf;

/// <summary>What both faces do to parts of a row under an encoded key.</summary>
public abstract partial class EtsRows<TRow, TValue>
{
    private protected bool UpdateElementsEncoded(ReadOnlySpan<byte> key, ReadOnlySpan<ElementUpdate<TValue>> updates)
    {
        RequireElements(updates);
        return Edit(key, updates, static (row, changes) => ApplyAll(row, changes), default, hasInitial: false);
    }

    private protected void UpdateElementsEncoded(ReadOnlySpan<byte> key, ReadOnlySpan<ElementUpdate<TValue>> updates, TValue initial)
    {
        RequireElements(updates);
        Edit(key, updates, static (row, changes) => ApplyAll(row, changes), initial, hasInitial: true);
    }

    private protected long[] UpdateCountersEncoded(ReadOnlySpan<byte> key, ReadOnlySpan<ElementCounter<TValue>> counters)
    {
        var results = RequireCounters(counters);
        return Edit(key, new CounterChanges(counters, results), static (row, changes) => changes.Apply(row), default, hasInitial: false)
            ? results
            : throw new CounterException($"Table '{Name}' has no row of this key to count in. Insert it first, or give a row to begin with.");
    }

    private protected long[] UpdateCountersEncoded(ReadOnlySpan<byte> key, ReadOnlySpan<ElementCounter<TValue>> counters, TValue initial)
    {
        var results = RequireCounters(counters);
        Edit(key, new CounterChanges(counters, results), static (row, changes) => changes.Apply(row), initial, hasInitial: true);
        return results;
    }

    /// <summary>
    /// Changes the bytes of a row, as one operation: again from the row that is there then, if somebody else is quicker. A missing one begins as the
    /// initial value, if there is one, under the key that is asked for, whatever its own says.
    /// </summary>
    private bool Edit<TChanges>(ReadOnlySpan<byte> key, TChanges changes, Action<EditBuffer, TChanges> apply, TValue? initial, bool hasInitial)
        where TChanges : allows ref struct
    {
        using var stored = new StoredBytes(stackalloc byte[StoredBytes.ScratchBytes]);
        using var row = new EditBuffer();
        while (true)
        {
            var exists = stored.Read(File, key);
            if (!exists && !hasInitial)
            {
                File.RequireWriter();
                return false;
            }
            if (exists)
                row.Load(stored.Bytes);
            else
                LoadInitial(row, key, initial!);
            apply(row, changes);
            if (exists ? File.CompareExchange(key, stored.Bytes, row.Bytes) : File.InsertNew(key, row.Bytes))
                return true;
        }
    }

    private void LoadInitial(EditBuffer row, ReadOnlySpan<byte> key, TValue initial)
    {
        row.Load(Codec.Values, initial);
        Codec.ReplaceKey(row, key);
    }

    private static void ApplyAll(EditBuffer row, ReadOnlySpan<ElementUpdate<TValue>> updates)
    {
        foreach (var update in updates)
            update.Apply(row);
    }

    private void RequireElements(ReadOnlySpan<ElementUpdate<TValue>> updates)
    {
        RequireOneRowPerKey("UpdateElement", "Take the rows and insert others.");
        foreach (var update in updates)
            Codec.RequireNoKey(update.Member);
    }

    private long[] RequireCounters(ReadOnlySpan<ElementCounter<TValue>> counters)
    {
        RequireOneRowPerKey("UpdateCounter", "Take the rows and insert others.");
        foreach (var counter in counters)
            Codec.RequireNoKey(counter.Member);
        return counters.Length == 0 ? [] : new long[counters.Length];
    }

    private readonly ref struct CounterChanges(ReadOnlySpan<ElementCounter<TValue>> counters, long[] results)
    {
        private readonly ReadOnlySpan<ElementCounter<TValue>> _counters = counters;

        public void Apply(EditBuffer row)
        {
            for (var index = 0; index < _counters.Length; index++)
                results[index] = _counters[index].Apply(row);
        }
    }
}
