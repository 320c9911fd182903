namespace EtsPersist.Mmf.Client.Tests.EtsSuite;

/// <summary>An operation on a table of any kind that allows it.</summary>
internal sealed record TableOperation(string Name, bool Writes, Action<EtsTable<string, Item>> Run)
{
    private static readonly Item Value = new(1, "text");

    /// <summary>Whether only kinds with one row for each key have it.</summary>
    public bool NeedsOneRowPerKey { get; init; }

    /// <summary>All of them. What opens, saves, drops or gives away a table is the matter of other cases.</summary>
    public static IReadOnlyList<TableOperation> All { get; } =
    [
        Read("TryFirst", table => table.TryFirst(out _)),
        Read("TryLast", table => table.TryLast(out _)),
        Read("TryNext", table => table.TryNext("key", out _)),
        Read("TryPrevious", table => table.TryPrevious("key", out _)),
        Read("TryFirstLookup", table => table.TryFirstLookup(out _, out _)),
        Read("TryLastLookup", table => table.TryLastLookup(out _, out _)),
        Read("TryNextLookup", table => table.TryNextLookup("key", out _, out _)),
        Read("TryPreviousLookup", table => table.TryPreviousLookup("key", out _, out _)),
        Read("Lookup", table => table.Lookup("key")),
        Read("LookupElements", table => table.LookupElements("key", item => item.Count, [])),
        Read("ContainsKey", table => table.ContainsKey("key")),
        Read("GetMany", table => table.GetMany(["key", "other"])),
        Read("Fold", table => table.Fold(0, (count, _) => count + 1)),
        Read("FoldBack", table => table.FoldBack(0, (count, _) => count + 1)),
        Read("ToList", table => table.ToList()),
        Read("GetEnumerator", table => table.Count(row => row.Key.Length == 0)),
        Read("Select", table => table.Select(_ => false)),
        Read("Select of parts", table => table.Select(_ => false, row => row.Key)),
        Read("SelectDescending", table => table.SelectDescending(_ => false)),
        Read("SelectCount", table => table.SelectCount(_ => false)),
        Read("SelectPage", table => table.SelectPage(_ => false, 17)),
        Read("SelectPageDescending", table => table.SelectPageDescending(_ => false, 17)),
        Read("Where", table => table.Where(row => row.Key == "key").Select()),
        OfOneRow(Read("TryGet", table => table.TryGet("key", out _))),
        OfOneRow(Read("LookupElement", table => table.LookupElement("key", item => item.Count, 0))),
        Write("Insert", table => table.Insert("key", Value)),
        Write("InsertMany", table => table.InsertMany([new("key", Value), new("other", Value)])),
        Write("InsertMany of nothing", table => table.InsertMany([])),
        Write("InsertNew", table => table.InsertNew("key", Value)),
        Write("InsertNewMany", table => table.InsertNewMany([new("key", Value), new("other", Value)])),
        Write("Commit", table => table.Commit(table.CreateBatch().Insert("key", Value).Delete("other"))),
        Write("Delete", table => table.Delete("key")),
        Write("DeleteObject", table => table.DeleteObject("key", Value)),
        Write("DeleteAll", table => table.DeleteAll()),
        Write("ReplaceAll", table => table.ReplaceAll([new("key", Value)])),
        Write("TakeAll", table => table.TakeAll("key")),
        Write("SelectDelete", table => table.SelectDelete(_ => false)),
        Write("SelectTake", table => table.SelectTake(_ => false)),
        OfOneRow(Write("Take", table => table.Take("key", out _))),
        OfOneRow(Write("SelectReplace", table => table.SelectReplace(_ => false, row => row.Value))),
        OfOneRow(Write("CompareExchange", table => table.CompareExchange("key", Value, Value))),
        OfOneRow(Write("Update", table => table.Update("key", item => item))),
        OfOneRow(Write("InsertOrUpdate", table => table.InsertOrUpdate("key", Value, item => item))),
        OfOneRow(Write("UpdateElement", table => table.UpdateElement("key", item => item.Text, "new"))),
        OfOneRow(Write("UpdateElement with a default", table => table.UpdateElement("key", item => item.Text, "new", Value))),
        OfOneRow(Write("UpdateCounter", table => table.UpdateCounter("key", item => item.Count, 1))),
        OfOneRow(Write("UpdateCounter with a default", table => table.UpdateCounter("key", item => item.Count, 1, Value))),
    ];

    /// <summary>Those that a kind has.</summary>
    public static IEnumerable<TableOperation> Of(TableKind kind) =>
        All.Where(operation => !operation.NeedsOneRowPerKey || kind is TableKind.Set or TableKind.OrderedSet);

    private static TableOperation OfOneRow(TableOperation operation) => operation with { NeedsOneRowPerKey = true };

    private static TableOperation Read(string name, Action<EtsTable<string, Item>> run) => new(name, Writes: false, run);

    private static TableOperation Write(string name, Action<EtsTable<string, Item>> run) => new(name, Writes: true, run);
}
