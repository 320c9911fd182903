namespace EtsPersist.Mmf.Client.Tests;

/// <summary>Tests that are the same for several kinds of tables. Each has one table in a real file, of the kind that it asks for.</summary>
public abstract class KindTests : IDisposable
{
    private readonly List<TypedTables> _tables = [];

    public static TheoryData<TableKind> OneRowPerKey => [TableKind.Set, TableKind.OrderedSet];

    public static TheoryData<TableKind> Unordered => [TableKind.Set, TableKind.Bag, TableKind.DuplicateBag];

    public static TheoryData<TableKind> Bags => [TableKind.Bag, TableKind.DuplicateBag];

    public static TheoryData<TableKind> AllKinds => [TableKind.Set, TableKind.OrderedSet, TableKind.Bag, TableKind.DuplicateBag];

    public void Dispose()
    {
        foreach (var tables in _tables)
            tables.Dispose();
        GC.SuppressFinalize(this);
    }

    internal TypedTables Create(TableKind kind, TableAccess access = TableAccess.Public)
    {
        var tables = new TypedTables(access, kind);
        _tables.Add(tables);
        return tables;
    }

    /// <summary>An empty table of numbers under numbers.</summary>
    private protected EtsTable<long, long> Numbers(TableKind kind) => Create(kind).Open<long, long>();

    /// <summary>An empty table of items under texts.</summary>
    private protected EtsTable<string, Item> Items(TableKind kind) => Create(kind).Open<string, Item>();

    /// <summary>A table of the numbers from 0 up, under themselves.</summary>
    private protected EtsTable<long, long> Numbers(TableKind kind, int count)
    {
        var table = Numbers(kind);
        for (var number = 0L; number < count; number++)
            table.Insert(number, number);
        return table;
    }
}
