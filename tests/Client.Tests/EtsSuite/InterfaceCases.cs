namespace EtsPersist.Mmf.Client.Tests.EtsSuite;

/// <summary>A set and an ordered set answer alike wherever order does not matter.</summary>
public sealed class InterfaceCases : KindTests
{
    private const int Rows = 100;

    private static readonly (string Name, Func<EtsTable<long, Item>, object?> Ask)[] Questions =
    [
        ("a new row", table => Insert(table, -7, new Item(0, "a"))),
        ("a row in another's place", table => Insert(table, 1, new Item(1, "1"))),
        ("a new row under a key that is there", table => table.InsertNew(1, new Item(2, "2"))),
        ("a key that is there", table => table.Lookup(10)),
        ("a key that is not", table => table.Lookup(1000)),
        ("the deletion of a row", table => table.Delete(10)),
        ("the deletion of nothing", table => table.Delete(-1)),
        ("the key that was deleted", table => table.Lookup(10)),
        ("all rows", table => Sorted(table.ToList())),
        ("the rows of a count", table => Sorted(table.Select(row => row.Value.Count == 2))),
        ("the keys of a count", table => table.Select(row => row.Value.Count == 3, row => row.Key).Order().ToList()),
        ("nothing", table => table.Select(row => row.Value.Text == "none")),
        ("the deletion of a count", table => table.SelectDelete(row => row.Value.Count == 4)),
        ("the same once more", table => table.SelectDelete(row => row.Value.Count == 4)),
        ("what was deleted", table => table.Select(row => row.Value.Count == 4)),
        ("how many there are of a count", table => table.SelectCount(row => row.Value.Count == 5)),
        ("the rows that are taken", table => Sorted(table.SelectTake(row => row.Value.Count == 6))),
        ("the replacement of a count", table => table.SelectReplace(row => row.Value.Count == 7, row => row.Value with { Text = "seven" })),
        ("an element", table => table.LookupElement(13, item => item.Text)),
        ("an element of nothing", table => table.LookupElement(14, item => item.Text)),
        ("an element of nothing with a default", table => table.LookupElement(14, item => item.Text, "none")),
        ("a counter", table => table.UpdateCounter(17, item => item.Count, new CounterUpdate(5, Threshold: 10, SetValue: -1))),
        ("a counter of nothing", table => table.UpdateCounter(1000, item => item.Count, 1)),
        ("a counter of nothing with a default", table => table.UpdateCounter(1000, item => item.Count, 1, new Item(5, "five"))),
        ("a new element", table => table.UpdateElement(17, item => item.Text, "new")),
        ("a new element of nothing", table => table.UpdateElement(2000, item => item.Text, "new")),
        ("the deletion of an object", table => table.DeleteObject(18, new Item(8, "18"))),
        ("the deletion of another object", table => table.DeleteObject(19, new Item(8, "19"))),
        ("what is taken", table => table.TakeAll(19)),
        ("an exchange", table => table.CompareExchange(20, new Item(0, "20"), new Item(1, "twenty"))),
        ("an exchange for nothing", table => table.CompareExchange(20, new Item(0, "20"), new Item(1, "twenty"))),
        ("a list of new rows, one of them known", table => table.InsertNewMany([new(3000, new Item(0, "")), new(1, new Item(0, ""))])),
        ("no keys at all", table => table.GetMany(null!)),
        ("what is left", table => Sorted(table.ToList())),
    ];

    [Fact]
    [Trait("ets_SUITE", "interface_equality")]
    public void A_set_and_an_ordered_set_answer_alike()
    {
        using var set = Filled(TableKind.Set);
        using var ordered = Filled(TableKind.OrderedSet);
        foreach (var (name, ask) in Questions) Assert.Equal((name, Answer(set, ask)), (name, Answer(ordered, ask)));
        Assert.Equal(set.Count, ordered.Count);
    }

    /// <summary>What is answered, or the type of the exception.</summary>
    private static string Answer(EtsTable<long, Item> table, Func<EtsTable<long, Item>, object?> ask)
    {
        try
        {
            var answer = ask(table);
            return answer is System.Collections.IEnumerable rows and not string ? string.Join("; ", rows.Cast<object>()) : $"{answer}";
        }
        catch (Exception error) when (error is EtsException or ArgumentException)
        {
            return error.GetType().Name;
        }
    }

    private static bool Insert(EtsTable<long, Item> table, long key, Item value)
    {
        table.Insert(key, value);
        return true;
    }

    private static List<KeyValuePair<long, Item>> Sorted(IReadOnlyList<KeyValuePair<long, Item>> rows) => [.. rows.OrderBy(row => row.Key)];

    private EtsTable<long, Item> Filled(TableKind kind)
    {
        var table = Create(kind).Open<long, Item>();
        for (var key = 1L; key <= Rows; key++) table.Insert(key, new Item(key % 10, $"{key}"));
        return table;
    }
}
