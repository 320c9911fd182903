namespace EtsPersist.Mmf.Client.Tests;

public sealed class ElementTests : KindTests
{
    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_element")]
    public void Members_are_set_in_the_row_of_a_key(TableKind kind)
    {
        using var table = Items(kind);
        Assert.False(table.UpdateElement("a", item => item.Text, "none"));
        Assert.False(table.UpdateElements("a", []));
        table.Insert("a", new Item(1, "one"));
        Assert.True(table.UpdateElement("a", item => item.Text, new string('t', 1_000)));
        Assert.True(table.UpdateElements("a", [EtsElement.Set((Item item) => item.Count, 5), EtsElement.Set((Item item) => item.Text, "x"), EtsElement.Set((Item item) => item.Text, "five")]));
        Assert.True(table.UpdateElements("a", []));
        Assert.Equal(new Item(5, "five"), Assert.Single(table.Lookup("a")));
        Assert.Single(table);
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_element_default")]
    public void A_missing_row_begins_as_its_default(TableKind kind)
    {
        using var table = Items(kind);
        table.UpdateElement("a", item => item.Count, 7, new Item(1, "default"));
        table.UpdateElement("a", item => item.Text, "changed", new Item(1, "default"));
        table.UpdateElements("b", [], new Item(2, "untouched"));
        Assert.Equal(new Item(7, "changed"), Assert.Single(table.Lookup("a")));
        Assert.Equal(new Item(2, "untouched"), Assert.Single(table.Lookup("b")));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_counter")]
    public void Members_that_are_integers_are_counters(TableKind kind)
    {
        using var table = Create(kind).Open<string, Tally>();
        table.Insert("a", new Tally("a", 5, 250));
        Assert.Equal(8, table.UpdateCounter("a", tally => tally.Total, 3));
        Assert.Equal(1, table.UpdateCounter("a", tally => tally.Total, new CounterUpdate(3, Threshold: 10, SetValue: 1)));
        Assert.Equal([255L, 2], table.UpdateCounters("a", [EtsElement.Add((Tally tally) => tally.Small, 5), EtsElement.Add((Tally tally) => tally.Total, 1)]));
        Assert.Throws<CounterException>(() => table.UpdateCounters("a", [EtsElement.Add((Tally tally) => tally.Total, 1), EtsElement.Add((Tally tally) => tally.Small, 1)]));
        Assert.Equal(new Tally("a", 2, 255), Assert.Single(table.Lookup("a")));
        Assert.Throws<CounterException>(() => table.UpdateCounter("a", tally => tally.Value, 1));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_counter_with_default")]
    public void A_counter_of_a_missing_row_begins_with_the_default(TableKind kind)
    {
        using var table = Create(kind).Open<string, Tally>();
        Assert.Throws<CounterException>(() => table.UpdateCounter("a", tally => tally.Total, 1));
        Assert.Throws<CounterException>(() => table.UpdateCounters("a", []));
        Assert.Equal(11, table.UpdateCounter("a", tally => tally.Total, 1, new Tally("default", 10, 0)));
        Assert.Equal(12, table.UpdateCounter("a", tally => tally.Total, 1, new Tally("default", 10, 0)));
        Assert.Throws<CounterException>(() => table.UpdateCounter("b", tally => tally.Small, 256, new Tally("default", 10, 0)));
        Assert.False(table.ContainsKey("b"));
        Assert.Empty(table.UpdateCounters("b", [], new Tally("default", 10, 0)));
        Assert.Equal(new Tally("default", 10, 0), Assert.Single(table.Lookup("b")));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void Counts_of_many_threads_lose_nothing(TableKind kind)
    {
        using var table = Items(kind);
        Parallel.For(0, 4, _ =>
        {
            for (var round = 0; round < 500; round++)
            {
                table.UpdateCounter("a", item => item.Count, 1, new Item(0, "text"));
                table.UpdateElement("a", item => item.Text, new string('t', round));
            }
        });
        Assert.Equal(2_000, Assert.Single(table.Lookup("a")).Count);
    }

    [Fact]
    public void Members_that_only_a_newer_version_knows_stay()
    {
        var tables = Create(TableKind.Set);
        using var newer = tables.Open<string, NewerItem>();
        newer.Insert("a", new NewerItem(1, "one", "red"));
        using var older = tables.Open<string, Item>();
        Assert.True(older.UpdateElement("a", item => item.Text, "two"));
        Assert.Equal(6, older.UpdateCounter("a", item => item.Count, 5));
        Assert.Equal(new NewerItem(6, "two", "red"), Assert.Single(newer.Lookup("a")));
    }

    [Fact]
    public void A_member_that_an_older_version_did_not_write_is_set_and_counted()
    {
        var tables = Create(TableKind.Set);
        using (var older = tables.Open<string, Name>())
            older.InsertMany([new("a", new Name("a")), new("b", new Name("b"))]);
        using var newer = tables.Open<string, Tally>();
        Assert.Equal(2, newer.UpdateCounter("a", tally => tally.Total, 2));
        Assert.True(newer.UpdateElement("b", tally => tally.Small, (byte)9));
        Assert.Equal(new Tally("a", 2, 0), Assert.Single(newer.Lookup("a")));
        Assert.Equal(new Tally("b", 0, 9), Assert.Single(newer.Lookup("b")));
    }

    [Fact]
    public void Structs_and_tuples_have_elements_too()
    {
        using var structs = Create(TableKind.Set).Open<string, Point>();
        structs.Insert("a", new Point { X = 1, Y = 2 });
        Assert.True(structs.UpdateElement("a", point => point.Y, 5));
        Assert.Equal(3, structs.UpdateCounter("a", point => point.X, 2));
        Assert.Equal(new Point { X = 3, Y = 5 }, Assert.Single(structs.Lookup("a")));
        using var tuples = Create(TableKind.Set).Open<string, (int Count, string Text)>();
        tuples.Insert("a", (1, "one"));
        Assert.Equal(2, tuples.UpdateCounter("a", tuple => tuple.Count, 1));
        Assert.True(tuples.UpdateElement("a", tuple => tuple.Text, "two"));
        Assert.Equal((2, "two"), Assert.Single(tuples.Lookup("a")));
    }

    [Fact]
    public void A_value_is_an_element_of_itself()
    {
        using var table = Numbers(TableKind.Set, 2);
        Assert.True(table.UpdateElement(1, value => value, 5));
        Assert.Equal(7, table.UpdateCounter(1, value => value, 2));
    }

    [Fact]
    [Trait("ets_SUITE", "update_counter_with_default_bad_pos")]
    public void What_is_no_element_is_refused_by_name()
    {
        using var table = Items(TableKind.Set);
        var error = Assert.Throws<ArgumentException>(() => table.UpdateElement("a", item => item.Text.Length, 5));
        Assert.Contains("item.Text.Length", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => table.UpdateElement("a", item => item.Count + 1, 5));
        Assert.Throws<ArgumentException>(() => table.UpdateElement("a", item => 5L, 5));
        using var withIgnored = Create(TableKind.Set).Open<string, WithIgnored>();
        error = Assert.Throws<ArgumentException>(() => withIgnored.UpdateElement("a", row => row.Cached, 5));
        Assert.Contains("Stored", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Bags))]
    public void A_bag_has_no_elements_to_update(TableKind kind)
    {
        using var table = Items(kind);
        Assert.Throws<TableKindException>(() => table.UpdateElement("a", item => item.Text, "x"));
        Assert.Throws<TableKindException>(() => table.UpdateElement("a", item => item.Text, "x", new Item(1, "one")));
        Assert.Throws<TableKindException>(() => table.UpdateCounter("a", item => item.Count, 1));
        Assert.Throws<TableKindException>(() => table.UpdateCounter("a", item => item.Count, 1, new Item(1, "one")));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void A_process_that_may_only_read_updates_nothing(TableKind kind)
    {
        var tables = Create(kind, TableAccess.Protected);
        using var owner = tables.Own<string, Item>();
        using var reader = tables.Open<string, Item>(writable: false);
        Assert.Throws<NotOwnerException>(() => reader.UpdateElement("a", item => item.Text, "x"));
        Assert.Throws<NotOwnerException>(() => reader.UpdateCounter("a", item => item.Count, 1));
    }

    private sealed record Name(string Value);

    private sealed record Tally(string Value, int Total = 0, byte Small = 0);

    private sealed record NewerItem(long Count, string Text, string Colour);

    private sealed record WithIgnored(int Stored)
    {
        [EtsIgnore]
        public int Cached { get; set; }
    }

    private record struct Point
    {
        public int X;
        public int Y;
    }
}
