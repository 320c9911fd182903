namespace EtsPersist.Mmf.Client.Tests;

public sealed class CounterUpdateTests : KindTests
{
    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_counter")]
    public void A_counter_starts_again_beyond_its_threshold(TableKind kind)
    {
        using var table = Numbers(kind);
        table.Insert(1, 8);
        var update = new CounterUpdate(1, Threshold: 10, SetValue: -3);
        Assert.Equal(9, table.UpdateCounter(1, update));
        Assert.Equal(10, table.UpdateCounter(1, update));
        Assert.Equal(-3, table.UpdateCounter(1, update));
        Assert.Equal(4, table.UpdateCounter(1, new CounterUpdate(-1, Threshold: 0, SetValue: 4)));
        Assert.Equal(3, table.UpdateCounter(1, new CounterUpdate(-1, Threshold: 3, SetValue: 100)));
        Assert.Equal(100, table.UpdateCounter(1, new CounterUpdate(-1, Threshold: 3, SetValue: 100)));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_counter")]
    public void A_counter_that_is_beyond_its_threshold_starts_again_with_the_next_addition_even_of_zero(TableKind kind)
    {
        using var table = Numbers(kind);
        table.Insert(1, 50);
        Assert.Equal(7, table.UpdateCounter(1, new CounterUpdate(0, Threshold: 10, SetValue: 7)));
        Assert.Equal(7, table.UpdateCounter(1, new CounterUpdate(0, Threshold: 7, SetValue: 9)));
        Assert.Equal(200, table.UpdateCounter(1, new CounterUpdate(100, Threshold: 10, SetValue: 200)));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_counter")]
    public void Several_additions_see_what_the_ones_before_have_left(TableKind kind)
    {
        using var table = Numbers(kind);
        table.Insert(1, 0);
        Assert.Equal([5L, 3, 100, 101], table.UpdateCounter(1, [5, -2, new CounterUpdate(1, Threshold: 3, SetValue: 100), 1]));
        Assert.Equal(101, Assert.Single(table.Lookup(1)));
        Assert.Empty(table.UpdateCounter(1, []));
        Assert.Equal(101, Assert.Single(table.Lookup(1)));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void One_addition_that_fails_undoes_the_others(TableKind kind)
    {
        using var table = Create(kind).Open<string, byte>();
        table.Insert("a", 200);
        Assert.Throws<CounterException>(() => table.UpdateCounter("a", [10, 100, -50]));
        Assert.Equal(200, Assert.Single(table.Lookup("a")));
        Assert.Throws<CounterException>(() => table.UpdateCounter("a", new CounterUpdate(100, Threshold: 255, SetValue: 256)));
        Assert.Equal(1, table.UpdateCounter("a", new CounterUpdate(100, Threshold: 255, SetValue: 1)));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_counter_with_default")]
    public void A_missing_counter_begins_at_its_default(TableKind kind)
    {
        using var table = Numbers(kind);
        Assert.Equal([11L, 21], table.UpdateCounter(1, [1, 10], 10));
        Assert.Equal(22, table.UpdateCounter(1, new CounterUpdate(1), 500));
        Assert.Empty(table.UpdateCounter(2, [], 7));
        Assert.Equal(7, Assert.Single(table.Lookup(2)));
        Assert.Throws<CounterException>(() => table.UpdateCounter(3, [1, long.MaxValue], 10));
        Assert.False(table.ContainsKey(3));
        Assert.Throws<CounterException>(() => table.UpdateCounter(3, []));
        Assert.Throws<CounterException>(() => table.UpdateCounter(3, 1));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void Counters_at_their_limits_are_compared_as_whole_numbers(TableKind kind)
    {
        using var table = Create(kind).Open<string, ulong>();
        table.Insert("a", ulong.MaxValue);
        Assert.Equal(5, table.UpdateCounter("a", new CounterUpdate(1, Threshold: long.MaxValue, SetValue: 5)));
        Assert.Equal(0, table.UpdateCounter("a", new CounterUpdate(-6, Threshold: 0)));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void Additions_of_many_threads_add_up(TableKind kind)
    {
        using var table = Numbers(kind, 1);
        Parallel.For(0, 4, _ =>
        {
            for (var round = 0; round < 1_000; round++)
                table.UpdateCounter(0, [2, -1]);
        });
        Assert.Equal(4_000, Assert.Single(table.Lookup(0)));
    }
}
