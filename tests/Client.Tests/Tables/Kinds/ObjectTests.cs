namespace EtsPersist.Mmf.Client.Tests;

public sealed class ObjectTests : KindTests
{
    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_delete_object")]
    public void A_row_is_deleted_only_with_its_value(TableKind kind)
    {
        using var table = Items(kind);
        table.Insert("a", new Item(1, "one"));
        Assert.Equal(0, table.DeleteObject("a", new Item(1, "two")));
        Assert.Equal(0, table.DeleteObject("b", new Item(1, "one")));
        Assert.Equal(1, table.DeleteObject("a", new Item(1, "one")));
        Assert.Empty(table);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "take")]
    public void Taking_a_key_brings_its_rows_and_removes_them(TableKind kind)
    {
        using var table = Items(kind);
        Assert.Empty(table.TakeAll("a"));
        table.Insert("a", new Item(1, new string('t', 3_000)));
        table.Insert("b", new Item(2, "two"));
        Assert.Equal(new Item(1, new string('t', 3_000)), Assert.Single(table.TakeAll("a")));
        Assert.Empty(table.TakeAll("a"));
        Assert.Equal(1, table.Count);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "lookup_element_mult")]
    public void Elements_are_looked_up_in_every_row_of_a_key(TableKind kind)
    {
        using var table = Items(kind);
        table.Insert("a", new Item(1, "one"));
        Assert.Equal([1L], table.LookupElements("a", item => item.Count));
        Assert.Equal([7L], table.LookupElements("b", item => item.Count, [7]));
        var error = Assert.Throws<KeyMissingException>(() => table.LookupElements("b", item => item.Count));
        Assert.Contains("rows", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "lookup_element_default")]
    public void An_element_is_looked_up_with_or_without_a_default(TableKind kind)
    {
        using var table = Items(kind);
        table.Insert("a", new Item(1, "one"));
        Assert.Equal("one", table.LookupElement("a", item => item.Text));
        Assert.Equal("one", table.LookupElement("a", item => item.Text, "none"));
        Assert.Equal("none", table.LookupElement("b", item => item.Text, "none"));
        Assert.Throws<KeyMissingException>(() => table.LookupElement("b", item => item.Text));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_delete_all_objects")]
    public void All_rows_are_deleted_at_once(TableKind kind)
    {
        using var table = Numbers(kind, 2_000);
        table.DeleteAll();
        Assert.Equal(0, table.Count);
        Assert.Empty(table);
        table.DeleteAll();
        table.Insert(1, 1);
        Assert.Single(table);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_init_table")]
    public void All_rows_are_replaced_at_once(TableKind kind)
    {
        using var table = Numbers(kind, 100);
        table.ReplaceAll(Enumerable.Range(50, 100).Select(number => new KeyValuePair<long, long>(number, -number)));
        Assert.Equal(Enumerable.Range(50, 100).Select(number => (long)-number).Order(), table.Select(_ => true, row => row.Value).Order());
        table.ReplaceAll([]);
        Assert.Empty(table);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_select_delete")]
    [Trait("ets_SUITE", "match_delete")]
    public void Selected_rows_are_deleted_or_taken(TableKind kind)
    {
        using var table = Numbers(kind, 1_000);
        Assert.Equal(500, table.SelectDelete(row => row.Key % 2 == 0));
        Assert.Equal(500, table.Count);
        var taken = table.SelectTake(row => row.Key < 100);
        Assert.Equal(Enumerable.Range(0, 50).Select(number => (2L * number) + 1), taken.Select(row => row.Value).Order());
        Assert.Equal(450, table.Count);
        Assert.Equal(0, table.SelectDelete(_ => false));
        Assert.Equal(450, table.SelectDelete(_ => true));
        Assert.Empty(table);
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void A_row_that_changes_before_it_is_deleted_is_looked_at_again(TableKind kind)
    {
        using var table = Numbers(kind, 2);
        var looks = 0;
        var deleted = table.SelectDelete(row =>
        {
            if (row.Key == 0 && looks++ == 0)
                table.Insert(0, 100);
            return row.Value < 50;
        });
        Assert.Equal((1L, 2), (deleted, looks));
        Assert.Equal(100, Assert.Single(table).Value);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "bad_table")]
    public void A_process_that_may_only_read_changes_nothing(TableKind kind)
    {
        var tables = Create(kind, TableAccess.Protected);
        using var owner = tables.Own<long, long>();
        using var reader = tables.Open<long, long>(writable: false);
        Assert.Throws<NotOwnerException>(() => reader.DeleteObject(1, 1));
        Assert.Throws<NotOwnerException>(() => reader.TakeAll(1));
        Assert.Throws<NotOwnerException>(() => reader.Delete(1));
        Assert.Throws<NotOwnerException>(reader.DeleteAll);
        Assert.Throws<NotOwnerException>(() => reader.ReplaceAll([]));
        Assert.Throws<NotOwnerException>(() => reader.SelectDelete(_ => false));
        Assert.Throws<NotOwnerException>(() => reader.SelectTake(_ => false));
    }
}
