namespace EtsPersist.Mmf.Client.Tests;

public sealed class InsertManyTests : KindTests
{
    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_insert_list")]
    public void Rows_are_inserted_together(TableKind kind)
    {
        using var table = Items(kind);
        table.InsertMany(Enumerable.Range(0, 500).Select(number => KeyValuePair.Create($"key {number}", new Item(number, "text"))));
        Assert.Equal(500, table.Count);
        Assert.All(table, row => Assert.Equal($"key {row.Value.Count}", row.Key));
        table.InsertMany([]);
        Assert.Equal(500, table.Count);
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "t_insert_list_set")]
    public void Of_several_rows_of_a_key_the_last_one_counts(TableKind kind)
    {
        using var table = Numbers(kind);
        table.InsertMany([new(1, 1), new(2, 5), new(1, 2), new(1, 3)]);
        Assert.Equal([(1L, 3L), (2, 5)], table.Select(row => (row.Key, row.Value)).Order());
        Assert.True(table.InsertNewMany([new(3, 1), new(3, 2)]));
        Assert.Equal(2, Assert.Single(table.Lookup(3)));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_insert_new")]
    public void New_rows_are_inserted_all_or_none(TableKind kind)
    {
        using var table = Numbers(kind);
        Assert.True(table.InsertNewMany([new(1, 1), new(2, 2)]));
        Assert.False(table.InsertNewMany([new(3, 3), new(2, 3)]));
        Assert.False(table.ContainsKey(3));
        Assert.True(table.InsertNewMany([]));
        Assert.Equal(2, table.Count);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "badinsert")]
    public void A_bad_row_among_others_means_that_none_is_inserted(TableKind kind)
    {
        using var table = Create(kind).Open<string, string>();
        Assert.Throws<KeyTooLargeException>(() => table.InsertMany([new("a", "1"), new(new string('k', 40_000), "2")]));
        Assert.Throws<InvalidTextException>(() => table.InsertMany([new("a", "1"), new("b", "\ud800")]));
        Assert.Throws<ArgumentNullException>(() => table.InsertMany([new("a", "1"), new(null!, "2")]));
        Assert.Empty(table);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Nothing_to_insert_still_takes_the_right_to_insert(TableKind kind)
    {
        var tables = Create(kind, TableAccess.Protected);
        using var owner = tables.Own<long, long>();
        using var reader = tables.Open<long, long>(writable: false);
        Assert.Throws<NotOwnerException>(() => reader.InsertMany([]));
        Assert.Throws<NotOwnerException>(() => reader.InsertNewMany([]));
    }
}
