namespace EtsPersist.Mmf.Peer.Programs;

/// <summary>What programs do with a table: with the model and with the real one alike.</summary>
internal interface IItems
{
    void Insert(Item item);

    void InsertMany(IReadOnlyList<Item> items);

    bool InsertNew(Item item);

    bool InsertNewMany(IReadOnlyList<Item> items);

    IReadOnlyList<Item> Lookup(int key);

    bool Contains(int key);

    IReadOnlyList<long> Counts(int key);

    IReadOnlyList<Item> Take(int key);

    bool Delete(int key);

    long DeleteObject(Item item);

    void DeleteAll();

    long UpdateCounter(int key, CounterUpdate update);

    long UpdateCounter(int key, CounterUpdate update, Item initial);

    bool UpdateText(int key, string text);

    bool CompareExchange(Item expected, Item item);

    Item? First();

    Item? Last();

    Item? Next(int key);

    Item? Previous(int key);

    IReadOnlyList<Item> Range(int from, int to, bool backward);

    IReadOnlyList<Item> Select(long above);

    long SelectCount(long above);

    long SelectDelete(long above);

    long AddOne(long above);

    IReadOnlyList<Item> Pages(long above, int limit);

    IReadOnlyList<Item> ToList();

    long Count();
}
