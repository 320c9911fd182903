namespace EtsPersist.Mmf.Peer.Programs;

/// <summary>A real table.</summary>
/// <param name="table">The table.</param>
/// <param name="share">The keys that selections keep to; null for all.</param>
internal sealed class TableItems(EtsTable<Item> table, KeyShare? share = null) : IItems
{
    public void Insert(Item item) => table.Insert(item);

    public void InsertMany(IReadOnlyList<Item> items) => table.InsertMany(items);

    public bool InsertNew(Item item) => table.InsertNew(item);

    public bool InsertNewMany(IReadOnlyList<Item> items) => table.InsertNewMany(items);

    public IReadOnlyList<Item> Lookup(int key) => table.Lookup(key);

    public bool Contains(int key) => table.ContainsKey(key);

    public IReadOnlyList<long> Counts(int key) => table.LookupElements(key, item => item.Count);

    public IReadOnlyList<Item> Take(int key) => table.TakeAll(key);

    public bool Delete(int key) => table.Delete(key);

    public long DeleteObject(Item item) => table.DeleteObject(item);

    public void DeleteAll() => table.DeleteAll();

    public long UpdateCounter(int key, CounterUpdate update) => table.UpdateCounter(key, item => item.Count, update);

    public long UpdateCounter(int key, CounterUpdate update, Item initial) => table.UpdateCounter(key, item => item.Count, update, initial);

    public bool UpdateText(int key, string text) => table.UpdateElement(key, item => item.Text, text);

    public bool CompareExchange(Item expected, Item item) => table.CompareExchange(expected, item);

    public Item? First() => table.FirstLookup().SingleOrDefault();

    public Item? Last() => table.LastLookup().SingleOrDefault();

    public Item? Next(int key) => table.NextLookup(key).SingleOrDefault();

    public Item? Previous(int key) => table.PreviousLookup(key).SingleOrDefault();

    public IReadOnlyList<Item> Range(int from, int to, bool backward) =>
        [.. (backward ? table.RangeDescending(from, to) : table.Range(from, to)).Where(IsMine)];

    public IReadOnlyList<Item> Select(long above) => table.Select(IsAbove(above));

    public long SelectCount(long above) => table.SelectCount(IsAbove(above));

    public long SelectDelete(long above) => table.SelectDelete(IsAbove(above));

    public long AddOne(long above) => table.SelectReplace(IsAbove(above), item => item with { Count = item.Count + 1 });

    public IReadOnlyList<Item> Pages(long above, int limit)
    {
        var items = new List<Item>();
        var page = new EtsPage<Item>([], null);
        do
        {
            page = table.SelectPage(IsAbove(above), limit, page.Continuation);
            items.AddRange(page.Rows);
        }
        while (page.Continuation is not null);
        return items;
    }

    public IReadOnlyList<Item> ToList() => [.. table.ToList().Where(IsMine)];

    public long Count() => table.Count;

    private bool IsMine(Item item) => share is null || share.Has(item.Key);

    private Func<Item, bool> IsAbove(long count) => item => item.Count > count && IsMine(item);
}
