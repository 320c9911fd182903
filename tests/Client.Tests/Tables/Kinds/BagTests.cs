namespace EtsPersist.Mmf.Client.Tests;

public sealed class BagTests : KindTests
{
    [Theory]
    [MemberData(nameof(Bags))]
    [Trait("ets_SUITE", "lookup_order")]
    public void The_rows_of_a_key_are_in_the_order_of_their_insertion(TableKind kind)
    {
        using var table = Items(kind);
        for (var number = 0; number < 100; number++)
        {
            table.Insert("a", new Item(number * 37 % 100, "text"));
            table.Insert("b", new Item(number, "other"));
        }
        var expected = Enumerable.Range(0, 100).Select(number => (long)(number * 37 % 100)).ToList();
        Assert.Equal(expected, table.Lookup("a").Select(item => item.Count));
        Assert.Equal(1, table.DeleteObject("a", new Item(37, "text")));
        expected.Remove(37);
        Assert.Equal(expected, table.Lookup("a").Select(item => item.Count));
        Assert.Equal(expected, table.Fold(new List<long>(), (seen, row) => row.Key == "a" ? [.. seen, row.Value.Count] : seen));
        Assert.Equal(expected, table.LookupElements("a", item => item.Count));
        Assert.Equal(expected, table.TakeAll("a").Select(item => item.Count));
        Assert.Empty(table.Lookup("a"));
        Assert.Equal(100, table.Count);
    }

    [Fact]
    public void A_bag_has_a_row_once_and_where_it_came_first()
    {
        using var table = Numbers(TableKind.Bag);
        table.InsertMany([new(1, 10), new(1, 20), new(1, 10)]);
        table.Insert(1, 10);
        Assert.Equal([10L, 20], table.Lookup(1));
    }

    [Fact]
    [Trait("ets_SUITE", "t_insert_list_duplicate_bag")]
    public void A_duplicate_bag_has_a_row_as_often_as_it_came()
    {
        using var table = Numbers(TableKind.DuplicateBag);
        table.InsertMany([new(1, 10), new(1, 20), new(1, 10)]);
        table.Insert(1, 10);
        Assert.Equal([10L, 20, 10, 10], table.Lookup(1));
        Assert.Equal(3, table.DeleteObject(1, 10));
        Assert.Equal([20L], table.Lookup(1));
    }

    [Theory]
    [MemberData(nameof(Bags))]
    [Trait("ets_SUITE", "t_insert_list_insert_order_preserved")]
    public void A_list_of_rows_keeps_its_order(TableKind kind)
    {
        using var table = Numbers(kind);
        table.InsertMany(Enumerable.Range(0, 300).Select(number => new KeyValuePair<long, long>(number % 3, number)));
        for (var key = 0; key < 3; key++)
            Assert.Equal(Enumerable.Range(0, 100).Select(number => (3L * number) + key), table.Lookup(key));
    }

    [Theory]
    [MemberData(nameof(Bags))]
    [Trait("ets_SUITE", "t_insert_new")]
    public void New_means_that_the_key_is_new(TableKind kind)
    {
        using var table = Numbers(kind);
        Assert.True(table.InsertNew(1, 10));
        Assert.False(table.InsertNew(1, 20));
        Assert.False(table.InsertNewMany([new(2, 1), new(1, 20)]));
        Assert.True(table.InsertNewMany([new(2, 1), new(2, 2), new(2, 1)]));
        Assert.Equal(kind == TableKind.Bag ? [1L, 2] : [1L, 2, 1], table.Lookup(2));
    }

    [Theory]
    [MemberData(nameof(Bags))]
    public void A_key_is_deleted_with_all_its_rows(TableKind kind)
    {
        using var table = Numbers(kind);
        table.InsertMany([new(1, 10), new(1, 20), new(2, 30)]);
        Assert.True(table.Delete(1));
        Assert.False(table.Delete(1));
        Assert.Equal(30, Assert.Single(table).Value);
    }

    [Theory]
    [MemberData(nameof(Bags))]
    [Trait("ets_SUITE", "t_select_delete")]
    public void Selected_rows_are_deleted_one_by_one_and_all_of_their_copies_counted(TableKind kind)
    {
        using var table = Numbers(kind);
        table.InsertMany([new(1, 10), new(1, 20), new(1, 10), new(2, 10)]);
        Assert.Equal(kind == TableKind.Bag ? 2 : 3, table.SelectDelete(row => row.Value == 10));
        Assert.Equal([20L], table.Select(_ => true, row => row.Value));
        table.InsertMany([new(1, 10), new(1, 10)]);
        Assert.Equal(kind == TableKind.Bag ? [10L] : [10L, 10], table.SelectTake(row => row.Value == 10).Select(row => row.Value));
    }

    [Theory]
    [MemberData(nameof(Bags))]
    public void Pages_keep_the_rows_of_a_key_together(TableKind kind)
    {
        using var table = Numbers(kind);
        for (var key = 0L; key < 20; key++)
            table.InsertMany(Enumerable.Range(0, 5).Select(number => new KeyValuePair<long, long>(key, number)));
        var seen = new List<KeyValuePair<long, long>>();
        EtsContinuation? continuation = null;
        do
        {
            var page = table.SelectPage(_ => true, 7, continuation);
            Assert.Equal(0, page.Rows.Count % 5);
            seen.AddRange(page.Rows);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        Assert.Equal(100, seen.Distinct().Count());
        Assert.Equal(100, seen.Count);
    }

    [Theory]
    [MemberData(nameof(Bags))]
    public void What_needs_one_row_a_key_is_refused_and_says_what_to_do_instead(TableKind kind)
    {
        using var table = Numbers(kind);
        table.Insert(1, 10);
        RequireRefusal(() => table.TryGet(1, out _), "Lookup");
        RequireRefusal(() => table.Take(1, out _), "TakeAll");
        RequireRefusal(() => table.LookupElement(1, value => value), "Lookup");
        RequireRefusal(() => table.Update(1, value => value), "Take");
        RequireRefusal(() => table.InsertOrUpdate(1, 1, value => value), "Insert");
        RequireRefusal(() => table.CompareExchange(1, 10, 11), "Delete");
        RequireRefusal(() => table.UpdateCounter(1, 1), nameof(TableKind.OrderedSet));
        RequireRefusal(() => table.UpdateCounter(1, 1, 1), nameof(TableKind.OrderedSet));
        RequireRefusal(() => table.UpdateCounter(1, [1, 2]), nameof(TableKind.OrderedSet));
        if (kind == TableKind.Bag) RequireRefusal(() => table.SelectReplace(_ => true, row => row.Value), "Select");
        Assert.Equal([10L], table.Lookup(1));

        void RequireRefusal(Action operation, string remedy)
        {
            var error = Assert.Throws<TableKindException>(operation);
            Assert.Contains(kind.ToString(), error.Message, StringComparison.Ordinal);
            Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        }
    }
}
