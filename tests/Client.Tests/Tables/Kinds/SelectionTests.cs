namespace EtsPersist.Mmf.Client.Tests;

public sealed class SelectionTests : KindTests
{
    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "match_object")]
    public void A_predicate_selects_rows(TableKind kind)
    {
        using var table = Numbers(kind, 1_000);
        Assert.Equal(Enumerable.Range(990, 10).Select(number => (long)number), table.Select(row => row.Value >= 990).Select(row => row.Key).Order());
        Assert.Empty(table.Select(row => row.Value < 0));
        Assert.Equal(1_000, table.Select(_ => true).Count);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "match1")]
    public void A_projection_selects_parts_of_rows(TableKind kind)
    {
        using var table = Items(kind);
        table.Insert("a", new Item(1, "one"));
        table.Insert("b", new Item(2, "two"));
        table.Insert("c", new Item(3, "one"));
        Assert.Equal(["a", "c"], table.Select(row => row.Value.Text == "one", row => row.Key).Order());
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Rows_are_counted_without_being_kept(TableKind kind)
    {
        using var table = Numbers(kind, 1_000);
        Assert.Equal(334, table.SelectCount(row => row.Key % 3 == 0));
        Assert.Equal(0, table.SelectCount(_ => false));
    }

    [Fact]
    [Trait("ets_SUITE", "t_select_reverse")]
    [Trait("ets_SUITE", "ordered_match")]
    public void An_ordered_table_is_selected_in_the_order_of_its_keys_or_against_it()
    {
        using var table = Numbers(TableKind.OrderedSet, 1_000);
        Assert.Equal([997L, 998, 999], table.Select(row => row.Key > 996).Select(row => row.Key));
        Assert.Equal([999L, 998, 997], table.SelectDescending(row => row.Key > 996).Select(row => row.Key));
    }

    [Theory]
    [MemberData(nameof(Unordered))]
    public void Without_an_order_descending_is_the_same(TableKind kind)
    {
        using var table = Numbers(kind, 100);
        Assert.Equal(table.Select(_ => true), table.SelectDescending(_ => true));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "t_select_replace")]
    public void Rows_are_replaced_under_their_keys(TableKind kind)
    {
        using var table = Numbers(kind, 1_000);
        Assert.Equal(500, table.SelectReplace(row => row.Key % 2 == 0, row => -row.Value));
        Assert.Equal(1_000, table.Count);
        Assert.All(table, row => Assert.Equal(row.Key % 2 == 0 ? -row.Key : row.Key, row.Value));
        Assert.Equal(0, table.SelectReplace(_ => false, row => row.Value));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void A_row_that_changes_meanwhile_is_looked_at_again(TableKind kind)
    {
        using var table = Numbers(kind, 1);
        var calls = 0;
        var replaced = table.SelectReplace(row => row.Value < 10, row =>
        {
            if (calls++ == 0)
                table.Insert(0, 5);
            return row.Value + 100;
        });
        Assert.Equal((1L, 2), (replaced, calls));
        Assert.Equal(105, Assert.Single(table.Lookup(0)));
        calls = 0;
        replaced = table.SelectReplace(row => row.Value > 100, row =>
        {
            calls++;
            table.Insert(0, 50);
            return 1_000;
        });
        Assert.Equal((0L, 1), (replaced, calls));
        Assert.Equal(50, Assert.Single(table.Lookup(0)));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void What_a_predicate_throws_reaches_the_caller(TableKind kind)
    {
        using var table = Numbers(kind, 10);
        Assert.Throws<InvalidTimeZoneException>(() => table.Select(_ => throw new InvalidTimeZoneException()));
        Assert.Equal(10, table.Count);
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void A_process_that_may_only_read_selects_and_does_not_replace(TableKind kind)
    {
        var tables = Create(kind, TableAccess.Protected);
        using var owner = tables.Own<long, long>();
        owner.Insert(1, 1);
        using var reader = tables.Open<long, long>(writable: false);
        Assert.Equal(1, reader.SelectCount(_ => true));
        Assert.Throws<NotOwnerException>(() => reader.SelectReplace(_ => false, row => row.Value));
    }
}
