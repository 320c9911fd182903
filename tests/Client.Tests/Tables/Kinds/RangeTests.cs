namespace EtsPersist.Mmf.Client.Tests;

public sealed class RangeTests : KindTests
{
    [Fact]
    [Trait("ets_SUITE", "ordered")]
    public void A_range_has_the_keys_from_low_to_high_in_their_order()
    {
        using var table = Numbers(TableKind.OrderedSet, 1_000);
        Assert.Equal(Numbers(10, 20), Keys(table.Range(10, 20)));
        Assert.Equal(Numbers(10, 21), Keys(table.Range(10, 20, inclusive: true)));
        Assert.Equal(Numbers(0, 1_000), Keys(table.Range(long.MinValue, long.MaxValue)));
        Assert.Equal(Numbers(10, 20).Reverse(), Keys(table.RangeDescending(10, 20)));
        Assert.Equal(Numbers(10, 21).Reverse(), Keys(table.RangeDescending(10, 20, inclusive: true)));
    }

    [Fact]
    public void The_bounds_need_not_be_there_and_may_be_the_wrong_way_round()
    {
        using var table = Numbers(TableKind.OrderedSet);
        foreach (var key in new[] { 10L, 20, 30 })
            table.Insert(key, key);
        Assert.Equal([20L], Keys(table.Range(11, 30)));
        Assert.Equal([10L], Keys(table.Range(10, 10, inclusive: true)));
        Assert.Empty(table.Range(10, 10));
        Assert.Empty(table.Range(30, 10, inclusive: true));
        Assert.Empty(table.RangeDescending(30, 10));
    }

    [Fact]
    public void Texts_are_in_ordinal_order()
    {
        using var table = Create(TableKind.OrderedSet).Open<string, int>();
        foreach (var key in new[] { "b", "a", "B", "", "ä", "aa", "ab" })
            table.Insert(key, key.Length);
        Assert.Equal(["a", "aa", "ab"], table.Range("a", "b").Select(row => row.Key));
        Assert.Equal(["", "B", "a", "aa", "ab", "b", "ä"], table.Select(row => row.Key));
    }

    [Fact]
    public void Tuples_are_in_the_order_of_their_elements()
    {
        using var table = Create(TableKind.OrderedSet).Open<(string Customer, int Number), int>();
        foreach (var key in new[] { ("bob", 1), ("alice", 2), ("al", 9), ("alice", -1), ("alice", 10) })
            table.Insert(key, 0);
        Assert.Equal([-1, 2, 10], table.Range(("alice", int.MinValue), ("alice", int.MaxValue)).Select(row => row.Key.Number));
    }

    [Fact]
    public void A_range_is_read_as_it_goes_on()
    {
        using var table = Numbers(TableKind.OrderedSet, 1_000);
        using var rows = table.Range(0, 1_000).GetEnumerator();
        Assert.True(rows.MoveNext());
        for (var key = 1L; key < 1_000; key++)
            table.Delete(key);
        var rest = 0;
        while (rows.MoveNext())
            rest++;
        Assert.True(rest < 999, $"{rest} rows were still seen");
    }

    [Theory]
    [MemberData(nameof(Unordered))]
    public void A_table_without_an_order_has_no_ranges(TableKind kind)
    {
        using var table = Numbers(kind, 10);
        var error = Assert.Throws<TableKindException>(() => table.Range(1, 2));
        Assert.Contains("Select", error.Message, StringComparison.Ordinal);
        Assert.Contains(kind.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Throws<TableKindException>(() => table.RangeDescending(1, 2));
    }

    [Fact]
    public void A_range_of_a_private_table_is_refused_to_others_also_where_it_is_empty()
    {
        var tables = Create(TableKind.OrderedSet, TableAccess.Private);
        using var owner = tables.Own<long, long>();
        using var other = tables.Open<long, long>();
        Assert.Empty(owner.Range(2, 1));
        Assert.Throws<TableAccessException>(() => other.Range(1, 2).Count());
        Assert.Throws<TableAccessException>(() => other.Range(2, 1).Count());
        Assert.Throws<TableAccessException>(() => other.Where(row => row.Key > 2 && row.Key < 1).SelectCount());
    }

    private static IEnumerable<long> Numbers(int from, int to) => Enumerable.Range(from, to - from).Select(number => (long)number);

    private static IEnumerable<long> Keys(IEnumerable<KeyValuePair<long, long>> rows) => rows.Select(row => row.Key);
}
