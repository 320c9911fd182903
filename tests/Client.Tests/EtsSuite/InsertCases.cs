namespace EtsPersist.Mmf.Client.Tests.EtsSuite;

/// <summary>The group <c>insert</c>.</summary>
public sealed class InsertCases : KindTests
{
    private const int LongList = 25_000;

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "empty")]
    public void A_key_that_was_never_inserted_has_no_rows(TableKind kind)
    {
        using var table = Create(kind).Open<string, string>();
        Assert.Empty(table.Lookup("key"));
        table.Insert("key2", "value");
        Assert.Empty(table.Lookup("key"));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "setbag")]
    public void A_second_row_of_a_key_replaces_the_first_one_or_stands_beside_it(TableKind kind)
    {
        using var table = Create(kind).Open<(string, string), string>();
        table.Insert(("foo", "bar"), "value 1");
        table.Insert(("foo", "bar"), "value 2");
        string[] expected = kind is TableKind.Set or TableKind.OrderedSet ? ["value 2"] : ["value 1", "value 2"];
        Assert.Equal(expected, table.Lookup(("foo", "bar")));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_insert_new")]
    public void New_rows_are_refused_for_a_single_key_that_is_there(TableKind kind)
    {
        using var table = Create(kind).Open<long, string>();
        for (var key = 1L; key <= 1000; key++) table.Insert(key, $"{key}");
        Assert.False(table.InsertNew(2, "2"));
        Assert.True(table.InsertNew(2002, "2002"));
        Assert.False(table.InsertNew(2002, "2002"));
        Assert.False(table.InsertNewMany(Rows(2002)));
        Assert.False(table.InsertNewMany(Rows(2002, 2003)));
        Assert.False(table.InsertNewMany(Rows(2001, 2002, 2003)));
        Assert.False(table.InsertNewMany(Rows(2001, 2002)));
        Assert.True(table.InsertNewMany(Rows(2001, 2003)));
        Assert.All((long[])[2001, 2002, 2003], key => Assert.False(table.InsertNew(key, $"{key}")));
        Assert.True(table.InsertNew(2004, "2004"));
        Assert.True(table.InsertNew(2000, "2000"));
        Assert.True(table.InsertNewMany(Rows(2005, 2006, 2007)));
        Assert.Equal(1008, table.Count);

        var all = table.ToList();
        table.DeleteAll();
        Assert.True(table.InsertNewMany(all));
        Assert.False(table.InsertNewMany(all));
        Assert.Equal(1008, table.Count);
    }

    [Fact]
    [Trait("ets_SUITE", "t_insert_list_bag")]
    public void A_long_list_inserted_twice_is_once_in_a_bag()
    {
        using var table = Create(TableKind.Bag).Open<long, byte[]>();
        var list = Enumerable.Range(1, LongList).Select(number => KeyValuePair.Create((long)number, Array.Empty<byte>())).ToList();
        table.InsertMany(list);
        table.InsertMany(list);
        Assert.Equal(LongList, table.Count);

        // Several objects of different sizes under each key.
        table.InsertMany(list.Select(row => KeyValuePair.Create(row.Key / 7, BitConverter.GetBytes(row.Key)[..(1 + (int)(row.Key % 7))])));
        Assert.Equal(LongList * 2, table.Count);
    }

    [Fact]
    [Trait("ets_SUITE", "t_insert_list_duplicate_bag")]
    public void A_long_list_inserted_twice_is_twice_in_a_duplicate_bag()
    {
        using var table = Create(TableKind.DuplicateBag).Open<long, long>();
        var list = Enumerable.Range(1, LongList).Select(number => KeyValuePair.Create((long)number, 0L)).ToList();
        table.InsertMany(list);
        table.InsertMany(list);
        Assert.Equal(LongList * 2, table.Count);
    }

    [Theory]
    [MemberData(nameof(Bags))]
    [Trait("ets_SUITE", "t_insert_list_insert_order_preserved")]
    public void Lists_of_any_length_keep_their_order_under_a_key(TableKind kind)
    {
        const int Rows = (4000 * 8) + 10;
        using var table = Create(kind).Open<string, long>();
        table.InsertMany([new("a", 1), new("a", 2), new("a", 3)]);
        table.InsertMany([new("a", 4), new("a", 5), new("a", 6)]);
        Assert.Equal([1L, 2, 3, 4, 5, 6], table.Lookup("a"));
        table.Delete("a");
        Assert.Empty(table.Lookup("a"));
        var values = Enumerable.Range(1, Rows).Select(number => (long)number).ToList();
        table.InsertMany(values.Select(value => KeyValuePair.Create("a", value)));
        Assert.Equal(values, table.Lookup("a"));
    }

    [Fact]
    [Trait("ets_SUITE", "t_insert_list")]
    public void Lists_of_two_rows_fill_a_duplicate_bag_with_copies()
    {
        const int Most = 4000;
        using var table = Create(TableKind.DuplicateBag).Open<long, string>();
        for (var number = Most; number > 0; number--) table.InsertMany(Rows(number, number + (number % 2)));
        Assert.Equal(2 * Most, table.Count);
        for (var number = Most; number > 0; number--) Assert.Equal(number % 2 == 0 ? 3 : 1, table.DeleteObject(number, $"{number}"));
        Assert.Equal(0, table.Count);
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "t_insert_list_set")]
    public void Lists_that_overlap_leave_one_row_for_each_key(TableKind kind)
    {
        using var table = Numbers(kind);
        long[] keys = [1, 2, 3, 4];
        foreach (var key in keys) table.InsertMany([new(key, key), new(key + 1, key)]);
        Assert.Equal([(1L, 1L), (2, 2), (3, 3), (4, 4), (5, 4)], table.Select(row => (row.Key, row.Value)).Order());
        table.DeleteAll();
        Assert.Equal([true, false, true, false], keys.Select(key => table.InsertNewMany([new(key, key), new(key + 1, key)])));
        Assert.Equal([(1L, 1L), (2, 1), (3, 3), (4, 3)], table.Select(row => (row.Key, row.Value)).Order());
    }

    [Fact]
    [Trait("ets_SUITE", "dups")]
    public void Copies_in_a_duplicate_bag_are_rows_of_their_own()
    {
        using var table = Create(TableKind.DuplicateBag).Open<long, (long First, long Second)>();
        table.Insert(1, (2, 0));
        table.Insert(1, (2, 0));
        Assert.Equal(2, table.ToList().Count);
        table.Delete(1);
        Assert.Empty(table.Lookup(1));

        foreach (var second in (long[])[2, 4, 2, 2, 4]) table.Insert(1, (2, second));
        Assert.Equal(5, table.ToList().Count);
        Assert.Equal(5, table.SelectCount(row => row.Value.First == 2));
        Assert.Equal(3, table.SelectDelete(row => row.Value.First == row.Value.Second));
        Assert.Equal([(2L, 4L), (2, 4)], table.Lookup(1));
    }

    private static IEnumerable<KeyValuePair<long, string>> Rows(params long[] keys) => keys.Select(key => KeyValuePair.Create(key, $"{key}"));
}
