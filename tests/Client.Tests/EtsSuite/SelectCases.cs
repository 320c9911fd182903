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
    [Trait("ets_SUITE", "match1")]
    [Trait("ets_SUITE", "match_object")]
    public void Parts_of_keys_and_values_are_compared_and_returned(TableKind kind)
    {
        using var table = Create(kind).Open<(string Word, long Number), long>();
        Assert.Empty(table.Select(_ => true));
        table.InsertMany([new(("one", 4), 4), new(("one", 5), 5), new(("two", 4), 4), new(("two", 5), 6)]);
        Assert.Equal([4L, 5], table.Select(row => row.Key.Word == "one", row => row.Value).Order());
        Assert.Equal([(4L, 4L), (6, 5)], table.Select(row => row.Key.Word == "two", row => (row.Value, row.Key.Number)).Order());
        Assert.Equal([4L], table.Select(row => row.Key.Word == "two" && row.Key.Number == row.Value, row => row.Value));
        Assert.Equal([new(("one", 4), 4L), new(("one", 5), 5)], table.Select(row => row.Key.Word == "one").OrderBy(row => row.Value));
        Assert.Empty(table.Select(row => row.Key.Word == "three"));
        Assert.Equal(4, table.Select(_ => true).Count);
    }

    [Fact]
    [Trait("ets_SUITE", "ordered_match")]
    public void An_ordered_table_is_selected_and_thinned_out_in_its_order()
    {
        using var table = Create(TableKind.OrderedSet).Open<long, string>();
        for (var key = 3000L; key > 0; key--) table.Insert(key, $"{key}");
        Assert.Equal([3L, 1003, 2003], table.Select(row => row.Key % 1000 == 3, row => row.Key));
        Assert.Equal(EndingWith(2), table.Select(row => row.Key % 100 == 2));
        Assert.Equal(30, table.SelectDelete(row => row.Key % 100 == 2));
        Assert.Empty(table.Select(row => row.Key % 100 == 2));
        Assert.Equal(EndingWith(3), table.Select(row => row.Key % 100 == 3));
        Assert.Equal(2970, table.Count);

        static IEnumerable<KeyValuePair<long, string>> EndingWith(long rest) =>
            Enumerable.Range(0, 30).Select(hundreds => (100L * hundreds) + rest).Select(key => KeyValuePair.Create(key, $"{key}"));
    }

    [Fact]
    [Trait("ets_SUITE", "tab2list")]
    public void The_list_of_an_ordered_table_is_in_its_order()
    {
        using var table = Create(TableKind.OrderedSet).Open<string, string>();
        (string Key, string Value)[] rows = [("a", "b"), ("c", "b"), ("b", "b"), ("a", "c")];
        foreach (var (key, value) in rows) table.Insert(key, value);
        Assert.Equal([new("a", "c"), new("b", "b"), new("c", "b")], table.ToList());
    }

    [Fact]
    [Trait("ets_SUITE", "t_select_reverse")]
    public void An_ordered_table_is_selected_backward_as_a_whole_and_by_pages()
    {
        using var table = Numbers(TableKind.OrderedSet, 1000);
        var backward = table.Select(row => row.Key % 5 > 2).Reverse().ToList();
        Assert.Equal(400, backward.Count);
        Assert.Equal(backward, table.SelectDescending(row => row.Key % 5 > 2));
        var paged = new List<KeyValuePair<long, long>>();
        EtsContinuation? continuation = null;
        do
        {
            var page = table.SelectPageDescending(row => row.Key % 5 > 2, 3, continuation);
            paged.AddRange(page.Rows);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        Assert.Equal(backward, paged);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "partly_bound")]
    public void A_key_of_which_a_part_is_given_finds_what_a_look_at_all_rows_finds(TableKind kind)
    {
        using var table = Create(kind).Open<(long Number, string First, string Second), long>();
        for (var number = 0L; number < 500; number++)
            table.InsertMany([new((number, "a", "a"), number), new((number, "a", "b"), number), new((number, "b", "a"), number)]);
        (long, string, string)[] expected = [(150, "a", "a"), (150, "a", "b")];
        Assert.Equal(expected, table.Select(row => row.Value == 150 && row.Key.First == "a", row => row.Key).Order());
        Assert.Equal(expected, table.Where(row => row.Key.Number == 150 && row.Key.First == "a").Select(row => row.Key).Order());
        Assert.Equal(3, table.Where(row => row.Key.Number == 150).SelectCount());
        Assert.Equal(500, table.Where(row => row.Key.First == "b").SelectCount());
        Assert.Equal([150L], table.Where(row => row.Key.Number == 150 && row.Key.Second == "b").Select(row => row.Value));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "select_fail")]
    public void A_selection_that_cannot_be_is_refused_even_where_there_is_nothing_to_select(TableKind kind)
    {
        using var table = Numbers(kind);
        Assert.Throws<ArgumentNullException>(() => table.Select(null!));
        Assert.Throws<ArgumentNullException>(() => table.Select(_ => true, (Func<KeyValuePair<long, long>, long>)null!));
        Assert.Throws<ArgumentNullException>(() => table.SelectDescending(null!));
        Assert.Throws<ArgumentNullException>(() => table.SelectCount(null!));
        Assert.Throws<ArgumentNullException>(() => table.SelectDelete(null!));
        Assert.Throws<ArgumentNullException>(() => table.SelectTake(null!));
        Assert.Throws<ArgumentNullException>(() => table.SelectPage(null!, 1));
        Assert.Throws<ArgumentNullException>(() => table.Where(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.SelectPage(_ => true, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.SelectPageDescending(_ => true, -1));
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

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_select_delete")]
    public void Rows_are_deleted_key_by_key_with_a_bound_and_without_from_either_end(TableKind kind)
    {
        const int Keys = 200;
        using var table = Create(kind).Open<long, string>();
        foreach (var (isBound, backward) in (IEnumerable<(bool, bool)>)[(true, false), (true, true), (false, false), (false, true)])
        {
            table.InsertMany(Enumerable.Range(0, 2 * Keys).Select(number => KeyValuePair.Create((long)number / 2, $"{number}")));
            var rowsOfKey = table.Count / Keys;
            for (var step = 0L; step < Keys; step++)
            {
                var key = backward ? Keys - 1 - step : step;
                var deleted = isBound ? table.Where(row => row.Key == key).SelectDelete() : table.SelectDelete(row => row.Key == key);
                Assert.Equal(rowsOfKey, deleted);
            }
            Assert.Equal(0, table.Count);
        }
    }

    [Theory]
    [InlineData(TableKind.Set)]
    [InlineData(TableKind.OrderedSet)]
    [InlineData(TableKind.DuplicateBag)]
    [Trait("ets_SUITE", "t_select_replace")]
    public void Rows_of_a_range_of_keys_are_replaced_by_longer_and_shorter_ones(TableKind kind)
    {
        const int Keys = 2000;
        using var table = Create(kind).Open<long, string>();
        for (var key = 1L; key <= Keys; key++) table.Insert(key, $"{key}");
        Assert.Equal(800, table.SelectReplace(row => row.Key % 5 < 2, row => new string('x', 300) + row.Value));
        Assert.Equal(800, table.SelectReplace(row => row.Value[0] == 'x', row => row.Value[300..]));
        Assert.Equal(400, table.SelectReplace(row => row.Key % 5 > 3, row => row.Value));
        Assert.All(table, row => Assert.Equal($"{row.Key}", row.Value));

        Assert.Equal(600, table.Where(row => row.Key > 1400).SelectReplace(row => "above " + row.Value));
        Assert.Equal(599, table.Where(row => row.Key < 600).SelectReplace(row => "below " + row.Value));
        Assert.Equal(799, table.Where(row => row.Key >= 601 && row.Key < 1400).SelectReplace(row => "between " + row.Value));
        Assert.Equal(1, table.Where(row => row.Key == 600).SelectReplace(row => "at " + row.Value));
        Assert.Equal(1, table.Where(row => row.Key == 1400).SelectReplace(row => "at " + row.Value));
        Assert.Equal(0, table.Where(row => row.Key > Keys).SelectReplace(_ => "none"));
        Assert.All(table, row => Assert.Equal($"{PlaceOf(row.Key)} {row.Key}", row.Value));
        Assert.Equal(Keys, table.Count);

        static string PlaceOf(long key) => key switch { > 1400 => "above", < 600 => "below", 600 or 1400 => "at", _ => "between" };
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
