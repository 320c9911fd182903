namespace EtsPersist.Mmf.Client.Tests.EtsSuite;

/// <summary>The group <c>delete</c>, and deletions on the way through a table.</summary>
public sealed class DeleteCases : KindTests
{
    private const int Rows = 4000;

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "delete_elem")]
    public void A_deleted_key_leaves_the_others(TableKind kind)
    {
        using var table = Create(kind).Open<(string, string), string>();
        table.InsertMany([new(("b", "key"), "foo"), new(("c", "key"), "foo"), new(("a", "144"), "foo")]);
        Assert.True(table.Delete(("b", "key")));
        Assert.Empty(table.Lookup(("b", "key")));
        Assert.Equal(["foo"], table.Lookup(("c", "key")));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "t_delete_object")]
    public void Objects_are_deleted_one_by_one_from_either_end(TableKind kind)
    {
        using var table = Create(kind).Open<long, string>();
        foreach (var backward in (bool[])[false, true])
        {
            for (var key = 1L; key <= Rows; key++) table.Insert(key, $"{key}");
            for (var step = 0; step < Rows; step++)
            {
                var key = backward ? Rows - step : step + 1L;
                Assert.Equal(1, table.DeleteObject(key, $"{key}"));
                Assert.Equal(Rows - step - 1, table.Count);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("ets_SUITE", "t_delete_object")]
    public void Objects_of_a_bag_are_deleted_beside_others_of_their_key(bool backward)
    {
        using var table = Create(TableKind.Bag).Open<long, string>();
        for (var number = 1L; number <= Rows; number++) table.Insert(Even(number), $"{number}");
        for (var step = 1L; step <= Rows; step++)
        {
            var number = backward ? Rows + 1 - step : step;
            Assert.Equal(1, table.DeleteObject(Even(number), $"{number}"));
            Assert.Equal(Rows - step, table.Count);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("ets_SUITE", "t_delete_object")]
    public void All_copies_of_an_object_of_a_duplicate_bag_are_deleted_and_no_others(bool backward)
    {
        using var table = Create(TableKind.DuplicateBag).Open<long, string>();
        for (var number = 1L; number <= Rows; number++)
        {
            table.Insert(number, $"{number}");
            table.Insert(Even(number), $"{Even(number)}");
        }
        for (var step = 1L; step <= Rows; step++)
        {
            var number = backward ? Rows + 1 - step : step;
            var before = table.Count;
            var copies = number % 2 == 0 ? 3 : 1;
            Assert.Equal(copies, table.DeleteObject(number, $"{number}"));
            Assert.Equal(before - copies, table.Count);
        }
        Assert.Equal(0, table.Count);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_delete_object")]
    public void The_way_goes_on_from_an_object_that_was_deleted_under_a_pin(TableKind kind)
    {
        using var table = Numbers(kind, Rows);
        Assert.True(table.TryFirst(out var first));
        Assert.True(table.TryNext(first, out var next));
        using (table.Pin())
        {
            Assert.Equal(1, table.DeleteObject(first, first));
            Assert.True(table.TryNext(first, out var again));
            Assert.Equal((next, Rows - 1), (again, table.Count));
        }
        Assert.Equal(Rows - 1, table.Count);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_delete_all_objects")]
    public void A_table_that_was_emptied_under_a_pin_is_filled_again(TableKind kind)
    {
        using var table = Numbers(kind, Rows);
        Assert.True(table.TryFirst(out var first));
        using (table.Pin())
        {
            table.DeleteAll();
            Assert.False(table.TryNext(first, out _));
            Assert.Equal(0, table.Count);
        }
        for (var number = 0L; number < Rows; number++) table.Insert(number, -number);
        Assert.Equal(Rows, table.Count);
        Assert.Equal(Enumerable.Range(0, Rows).Select(number => -(long)number).Order(), table.Select(_ => true, row => row.Value).Order());
        table.DeleteAll();
        Assert.Equal(0, table.Count);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "take")]
    public void What_is_taken_is_returned_whole_and_gone(TableKind kind)
    {
        using var table = Create(kind).Open<string, long>();
        Assert.Empty(table.TakeAll("foo"));
        foreach (var value in (long[])[7, 3, 7, 5])
        {
            table.Insert("bar", value);
            table.Insert("baz", value);
        }
        long[] expected = kind switch { TableKind.Bag => [7, 3, 5], TableKind.DuplicateBag => [7, 3, 7, 5], _ => [5] };
        Assert.Empty(table.TakeAll("foo"));
        Assert.Equal(expected, table.TakeAll("bar"));
        Assert.Empty(table.TakeAll("bar"));
        Assert.False(table.ContainsKey("bar"));
        Assert.Equal(expected, table.Lookup("baz"));
        Assert.Equal(expected.Length, table.Count);
    }

    [Fact]
    [Trait("ets_SUITE", "t_init_table")]
    public void Rows_that_come_twice_are_twice_in_a_duplicate_bag_whose_rows_are_replaced()
    {
        using var table = Create(TableKind.DuplicateBag).Open<long, string>();
        for (var number = 1L; number <= Rows; number++) table.Insert(number, $"{number}");
        var even = Enumerable.Range(1, Rows / 2).Select(half => KeyValuePair.Create(2L * half, $"{2 * half}"));
        table.ReplaceAll(even.SelectMany(row => new[] { row, row }));
        for (var number = (long)Rows; number > 0; number--) Assert.Equal(number % 2 == 0 ? 2 : 0, table.DeleteObject(number, $"{number}"));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    [Trait("ets_SUITE", "match_delete3")]
    public void Rows_of_a_duplicate_bag_are_deleted_by_a_pattern()
    {
        using var table = Create(TableKind.DuplicateBag).Open<string, long>();
        table.InsertMany([new("aa", 17), new("cA", 1000), new("cA", 17), new("cA", 1000), new("aa", 17)]);
        Assert.Equal([new("cA", 1000L), new("cA", 1000)], table.Select(row => row.Value == 1000));
        Assert.Equal(2, table.SelectDelete(row => row is { Key: "cA", Value: 1000 }));
        Assert.Empty(table.Select(row => row.Value == 1000));
        Assert.Equal(3, table.Count);
    }

    [Theory]
    [MemberData(nameof(Bags))]
    [Trait("ets_SUITE", "fixtable_iter_bag")]
    public void A_walk_through_a_bag_finds_what_every_order_of_deletions_has_left(TableKind kind)
    {
        const int MostValues = 4;
        using var table = Create(kind).Open<(int Values, string Deleted), long>();
        var left = 0L;
        for (var values = 1; values <= MostValues; values++)
        {
            foreach (var deleted in Selections([.. Enumerable.Range(1, values)]))
            {
                var key = (values, string.Join(',', deleted));
                table.InsertMany(Enumerable.Range(1, values).Select(value => KeyValuePair.Create(key, (long)value)));
                foreach (var value in deleted) table.DeleteObject(key, value);
                left += values - deleted.Length;
            }
        }

        var found = 0L;
        for (var more = table.TryFirst(out var key); more; more = table.TryNext(key, out key))
        {
            var expected = key.Values - (key.Deleted.Length == 0 ? 0 : key.Deleted.Split(',').Length);
            Assert.Equal(expected, table.Lookup(key).Count);
            found += expected;
        }
        Assert.Equal((left, left), (found, table.SelectCount(_ => true)));
    }

    [Theory]
    [MemberData(nameof(Bags))]
    [Trait("ets_SUITE", "fixtable_insert")]
    public void A_key_that_was_deleted_on_the_way_and_came_again_is_met_again(TableKind kind)
    {
        using var table = Create(kind).Open<string, long>();
        table.InsertMany([new("a", 1), new("a", 2), new("b", 1), new("b", 2)]);
        Assert.True(table.TryFirst(out var first));
        Assert.True(table.TryNext(first, out var next));
        table.Delete(next);
        Assert.False(table.TryNext(first, out _));
        table.Insert(next, 1);
        Assert.False(table.InsertNew(next, 1));
        Assert.True(table.TryNext(first, out var again));
        Assert.Equal(next, again);
        table.DeleteObject(next, 1);
        Assert.False(table.TryNext(first, out _));
        Assert.True(table.InsertNew(next, 2));
        table.Delete(first);
        Assert.True(table.TryNext(first, out again));
        Assert.Equal(next, again);
        Assert.False(table.TryNext(next, out _));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_bucket_disappears")]
    public void A_selection_goes_on_where_a_row_is_gone(TableKind kind)
    {
        using var table = Numbers(kind);
        table.InsertMany([new(1, 2), new(2, 2), new(3, 2)]);
        var page = table.SelectPage(row => row.Key < 10, 1);
        table.Delete(page.Rows[0].Key);
        var rest = table.SelectPage(row => row.Key < 10, 10, page.Continuation);
        Assert.Equal([1L, 2, 3], page.Rows.Concat(rest.Rows).Select(row => row.Key).Order());
        Assert.Equal(rest.Rows.Select(row => row.Key).Order(), table.Select(row => row.Key).Order());
    }

    private static long Even(long number) => number + (number % 2);

    /// <summary>All ways to take some of the values, in every order.</summary>
    private static IEnumerable<int[]> Selections(int[] values) =>
        values.SelectMany(value => Selections([.. values.Except([value])]).Select(rest => (int[])[value, .. rest])).Prepend([]);
}
