namespace EtsPersist.Mmf.Peer.Programs;

/// <summary>What a table of a kind must hold and answer: ETS's rules on a list, in the order of insertion.</summary>
internal sealed class ModelItems(TableKind kind) : IItems
{
    private readonly List<Item> _items = [];

    private bool IsBag => kind is TableKind.Bag or TableKind.DuplicateBag;

    public void Insert(Item item)
    {
        if (kind == TableKind.Bag && _items.Contains(item)) return;
        if (!IsBag) _items.RemoveAll(other => other.Key == item.Key);
        _items.Add(item);
    }

    public void InsertMany(IReadOnlyList<Item> items)
    {
        foreach (var item in items) Insert(item);
    }

    public bool InsertNew(Item item) => InsertNewMany([item]);

    /// <summary>The keys of the list are held against the table and not against each other.</summary>
    public bool InsertNewMany(IReadOnlyList<Item> items)
    {
        if (items.Any(item => Contains(item.Key))) return false;
        InsertMany(items);
        return true;
    }

    public IReadOnlyList<Item> Lookup(int key) => [.. _items.Where(item => item.Key == key)];

    public bool Contains(int key) => _items.Exists(item => item.Key == key);

    public IReadOnlyList<long> Counts(int key) =>
        Contains(key) ? [.. Lookup(key).Select(item => item.Count)] : throw new KeyMissingException();

    public IReadOnlyList<Item> Take(int key)
    {
        var taken = Lookup(key);
        _items.RemoveAll(item => item.Key == key);
        return taken;
    }

    public bool Delete(int key) => _items.RemoveAll(item => item.Key == key) > 0;

    public long DeleteObject(Item item) => _items.RemoveAll(item.Equals);

    public void DeleteAll() => _items.Clear();

    public long UpdateCounter(int key, CounterUpdate update)
    {
        RequireSet();
        return Contains(key) ? Add(Lookup(key)[0], update) : throw new CounterException();
    }

    /// <summary>The default's own key gives way to the one that is asked for.</summary>
    public long UpdateCounter(int key, CounterUpdate update, Item initial)
    {
        RequireSet();
        return Add(Contains(key) ? Lookup(key)[0] : initial with { Key = key }, update);
    }

    public bool UpdateText(int key, string text)
    {
        RequireSet();
        if (!Contains(key)) return false;
        Insert(Lookup(key)[0] with { Text = text });
        return true;
    }

    public bool CompareExchange(Item expected, Item item)
    {
        RequireSet();
        if (!_items.Contains(expected)) return false;
        Insert(item);
        return true;
    }

    public Item? First() => InOrder().FirstOrDefault();

    public Item? Last() => InOrder().LastOrDefault();

    public Item? Next(int key) => InOrder().FirstOrDefault(item => item.Key > key);

    public Item? Previous(int key) => InOrder().LastOrDefault(item => item.Key < key);

    public IReadOnlyList<Item> Range(int from, int to, bool backward)
    {
        if (kind != TableKind.OrderedSet) throw new TableKindException();
        var range = InOrder().Where(item => item.Key >= from && item.Key < to);
        return [.. backward ? range.Reverse() : range];
    }

    public IReadOnlyList<Item> Select(long above) => [.. InOrder().Where(item => item.Count > above)];

    public long SelectCount(long above) => Select(above).Count;

    public long SelectDelete(long above) => _items.RemoveAll(item => item.Count > above);

    public long AddOne(long above)
    {
        if (kind == TableKind.Bag) throw new TableKindException();
        var chosen = SelectCount(above);
        for (var index = 0; index < _items.Count; index++)
        {
            if (_items[index].Count > above) _items[index] = _items[index] with { Count = _items[index].Count + 1 };
        }
        return chosen;
    }

    public IReadOnlyList<Item> Pages(long above, int limit) => Select(above);

    public IReadOnlyList<Item> ToList() => [.. InOrder()];

    public long Count() => _items.Count;

    /// <summary>By key, and within a key as inserted. A table that is not ordered answers in an order of its own; steps sort that as well.</summary>
    private IOrderedEnumerable<Item> InOrder() => _items.OrderBy(item => item.Key);

    /// <summary>A sum beyond the threshold in the direction of the addition makes the counter start again.</summary>
    private long Add(Item item, CounterUpdate update)
    {
        var sum = item.Count + update.Increment;
        var isBeyond = update.Threshold is { } threshold && (update.Increment >= 0 ? sum > threshold : sum < threshold);
        var changed = item with { Count = isBeyond ? update.SetValue : sum };
        Insert(changed);
        return changed.Count;
    }

    private void RequireSet()
    {
        if (IsBag) throw new TableKindException();
    }
}
