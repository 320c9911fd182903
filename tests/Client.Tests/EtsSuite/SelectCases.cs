namespace EtsPersist.Mmf.Client.Tests.EtsSuite;

/// <summary>The groups <c>match</c> and <c>select</c>: a pattern is a predicate here.</summary>
public sealed class SelectCases : KindTests
{
    [Fact]
    [Trait("ets_SUITE", "match2")]
    public void Patterns_on_key_and_value_find_their_rows_in_a_bag()
    {
        using var table = Create(TableKind.Bag).Open<string, string>();
        table.InsertMany([
            new("key1", "value1"), new("key2", "value2_1"), new("key2", "value2_2"), new("key3", "value3_1"), new("key3", "value3_2"),
            new("key2_wannabe", "value2_1"),
        ]);
        Assert.Equal(6, table.Select(_ => true).Count);
        Assert.Equal(["value3_1", "value3_2"], table.Select(row => row.Key == "key3", row => row.Value));
        Assert.Equal(["key1"], table.Select(row => row.Value == "value1", row => row.Key));
        Assert.Equal(["key2", "key2_wannabe"], table.Select(row => row.Value == "value2_1", row => row.Key).Order(StringComparer.Ordinal));
        Assert.Empty(table.Select(row => row.Key == "nosuchkey"));
        Assert.Empty(table.Select(row => row.Value == "nosuchvalue"));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "match_object2")]
    public void A_selection_without_hits_in_a_large_table_is_empty(TableKind kind)
    {
        using var table = Numbers(kind, 13_005);
        Assert.Empty(table.Select(row => row.Value == -1));
        Assert.Empty(table.SelectPage(row => row.Value == -1, 1000).Rows);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "select_bound_chunk")]
    public void A_page_larger_than_the_table_is_the_last_one(TableKind kind)
    {
        using var table = Create(kind).Open<string, long>();
        table.Insert("key", 1);
        var page = table.SelectPage(row => row is { Key: "key", Value: 1 }, 100_000);
        Assert.Equal([new("key", 1L)], page.Rows);
        Assert.Null(page.Continuation);
    }

    [Fact]
    [Trait("ets_SUITE", "otp_6338")]
    public void A_part_of_a_key_that_is_a_tuple_finds_the_row_in_an_ordered_table()
    {
        using var table = Create(TableKind.OrderedSet).Open<(string Process, long Number), string>();
        table.Insert(("ppb1_bs12@blade_0_5", 6114), "exit");
        table.Insert(("ppb2_bs12@blade_0_8", 4839), "recv");
        Assert.Equal([(4839L, "recv")], table.Select(row => row.Key.Process == "ppb2_bs12@blade_0_8", row => (row.Key.Number, row.Value)));
    }

    [Fact]
    [Trait("ets_SUITE", "otp_8732")]
    public void The_empty_key_of_an_ordered_table_is_selected_like_any_other()
    {
        using var table = Create(TableKind.OrderedSet).Open<string, long>();
        table.InsertMany([new("", 1), new("a", 2)]);
        Assert.Equal([new("", 1L)], table.Select(row => row.Key.Length == 0));
        Assert.Equal([1L, 2], table.Select(_ => true, row => row.Value));
        Assert.Equal([1L], table.Range("", "a").Select(row => row.Value));
        Assert.Equal(1, table.SelectDelete(row => row.Key.Length == 0));
        Assert.True(table.TryFirst(out var first));
        Assert.Equal("a", first);
    }

    [Fact]
    [Trait("ets_SUITE", "t_select_replace_next_bug")]
    public void Replacing_a_row_does_not_disturb_the_way_to_it()
    {
        using var table = Create(TableKind.OrderedSet).Open<long, string>();
        for (var key = 1L; key <= 10; key++) table.Insert(key, "value");
        Assert.True(table.TryFirst(out var first));
        Assert.Equal(1, table.SelectReplace(row => row.Key == 2, _ => "new value"));
        Assert.True(table.TryNext(first, out var next));
        Assert.Equal((1, 2), (first, next));
    }

    [Fact]
    [Trait("ets_SUITE", "t_select_replace")]
    public void Each_row_of_a_duplicate_bag_is_replaced_once_and_keeps_its_place()
    {
        using var table = Create(TableKind.DuplicateBag).Open<string, long>();
        table.InsertMany([new("a", 2), new("a", 3), new("a", 0), new("a", 2), new("b", 1), new("c", 0)]);
        Assert.Equal(4, table.SelectReplace(row => row.Value > 0, row => row.Value + 1));
        Assert.Equal([3L, 4, 0, 3], table.Lookup("a"));
        Assert.Equal([2L], table.Lookup("b"));
        Assert.Equal(0, table.SelectReplace(row => row.Value > 4, row => row.Value + 1));
        Assert.Equal(6, table.Count);
    }

    [Fact]
    [Trait("ets_SUITE", "t_select_replace")]
    public void Rows_of_a_bag_are_not_replaced()
    {
        using var table = Numbers(TableKind.Bag, 1);
        Assert.Throws<TableKindException>(() => table.SelectReplace(_ => true, row => row.Value + 1));
        Assert.Equal([0L], table.Lookup(0));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_select_delete")]
    public void As_many_rows_are_deleted_as_are_counted(TableKind kind)
    {
        using var table = Numbers(kind, 10_000);
        Assert.Equal(4000, table.SelectCount(row => row.Key % 5 > 2));
        Assert.Equal(4000, table.SelectDelete(row => row.Key % 5 > 2));
        Assert.Equal(6000, table.Count);
        Assert.All(table, row => Assert.True(row.Key % 5 <= 2));
        Assert.Equal(0, table.SelectDelete(row => row.Key % 5 > 2));
        Assert.Equal(6000, table.SelectDelete(_ => true));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    [Trait("ets_SUITE", "otp_6842_select_1000")]
    public void An_ordered_table_is_selected_in_pages_of_thousands()
    {
        using var table = Numbers(TableKind.OrderedSet, 10_000);
        for (var limit = 1000; limit <= 10_000; limit += 1000)
        {
            var sizes = new List<int>();
            for (var page = table.SelectPage(_ => true, limit); page.Rows.Count > 0; page = table.SelectPage(_ => true, limit, page.Continuation))
            {
                sizes.Add(page.Rows.Count);
                if (page.Continuation is null) break;
            }
            Assert.Equal(Enumerable.Repeat(limit, 10_000 / limit).Concat(10_000 % limit == 0 ? [] : [10_000 % limit]), sizes);
        }
    }
}
