namespace EtsPersist.Mmf.Native.Engine.Batches;

/// <summary>The operations of a batch on one key, and what they come to.</summary>
internal readonly ref struct BatchGroup
{
    private readonly BatchPlan _plan;
    private readonly ReadOnlySpan<BatchItem> _items;

    public BatchGroup(BatchPlan plan, ReadOnlySpan<BatchItem> items)
    {
        _plan = plan;
        _items = items;
        var inserted = LastWith(items, BatchItemKind.Insert);
        var deleted = LastWith(items, BatchItemKind.Delete);
        HasCounters = LastWith(items, BatchItemKind.UpdateCounter) > Math.Max(inserted, deleted);
        NeedsEvaluation = LastWith(items, BatchItemKind.UpdateCounter) >= 0;
        IsTombstone = !HasCounters && deleted > inserted;
        Value = inserted > deleted ? plan.Value(items[inserted]) : default;
        ValueBytes = IsTombstone ? 0 : HasCounters ? plan.Counters.Bytes : Value.Length;
    }

    public ulong Hash => _items[0].Hash;

    public ReadOnlySpan<byte> Key => _plan.Key(_items[0]);

    /// <summary>Whether the outcome depends on the row that is there.</summary>
    public bool HasCounters { get; }

    /// <summary>Whether there are counters at all, which may fail the batch even where something else decides the outcome.</summary>
    public bool NeedsEvaluation { get; }

    /// <summary>Whether the outcome is that there is no row.</summary>
    public bool IsTombstone { get; }

    /// <summary>The value to store, unless counters decide it.</summary>
    public ReadOnlySpan<byte> Value { get; }

    public int ValueBytes { get; }

    /// <summary>Whether the row that is there, or its absence, is what the batch asks for.</summary>
    public bool Accepts(bool exists, ReadOnlySpan<byte> current, bool onlyIfNew)
    {
        if (exists && onlyIfNew)
            return false;
        foreach (ref readonly var item in _items)
        {
            if (item.Kind == BatchItemKind.RequireMissing && exists)
                return false;
            if (item.Kind == BatchItemKind.Require && !(exists && _plan.Value(item).SequenceEqual(current)))
                return false;
        }
        return true;
    }

    /// <summary>Runs all operations on the row that is there, in their order; the outcome where counters decide it.</summary>
    /// <exception cref="CounterException">A counter is missing and has no initial value, is no counter, or overflows.</exception>
    public long Evaluate(bool exists, ReadOnlySpan<byte> current)
    {
        var counters = _plan.Counters;
        var value = current;
        long? counter = null;
        foreach (ref readonly var item in _items)
        {
            switch (item.Kind)
            {
                case BatchItemKind.Insert:
                    exists = true;
                    value = _plan.Value(item);
                    counter = null;
                    break;
                case BatchItemKind.Delete:
                    exists = false;
                    value = default;
                    counter = null;
                    break;
                case BatchItemKind.UpdateCounter:
                    if (!exists && !item.HasInitial)
                        throw new CounterException("The counter's row does not exist, and the batch gives no initial value.");
                    counter = !exists ? counters.Add(item.Initial, item.Increment)
                        : counter is { } known ? counters.Add(known, item.Increment)
                        : counters.Add(value, item.Increment);
                    exists = true;
                    break;
            }
        }
        return counter.GetValueOrDefault();
    }

    private static int LastWith(ReadOnlySpan<BatchItem> items, BatchItemKind kind)
    {
        for (var i = items.Length - 1; i >= 0; i--)
        {
            if (items[i].Kind == kind)
                return i;
        }
        return -1;
    }
}
