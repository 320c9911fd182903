namespace EtsPersist.Mmf.Client.Tests;

public sealed class TraversalTests : KindTests
{
    private const int Rows = 2_000;

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "firstnext")]
    public void First_and_next_lead_through_all_keys_once(TableKind kind)
    {
        using var table = Numbers(kind, Rows);
        Assert.Equal(Enumerable.Range(0, Rows).Select(number => (long)number), Forward(table).Order());
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "firstnext_lookup")]
    public void The_lookup_forms_bring_the_rows_of_the_key(TableKind kind)
    {
        using var table = Items(kind);
        for (var number = 0; number < 200; number++)
            table.Insert($"key {number}", new Item(number, "text"));
        var seen = new List<string>();
        for (var found = table.TryFirstLookup(out var key, out var values); found; found = table.TryNextLookup(key!, out key, out values))
        {
            Assert.Equal($"key {Assert.Single(values).Count}", key);
            seen.Add(key!);
        }
        Assert.Equal(200, seen.Distinct().Count());
        Assert.True(table.TryLastLookup(out var last, out var lastValues));
        Assert.Equal($"key {Assert.Single(lastValues).Count}", last);
        Assert.True(table.TryPreviousLookup(seen[1], out var previous, out var previousValues));
        Assert.Equal($"key {Assert.Single(previousValues).Count}", previous);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "interface_equality")]
    public void An_empty_table_has_no_first_key(TableKind kind)
    {
        using var table = Items(kind);
        Assert.False(table.TryFirst(out _));
        Assert.False(table.TryLast(out _));
        Assert.False(table.TryNext("a", out var next));
        Assert.Null(next);
        Assert.False(table.TryPreviousLookup("a", out _, out var values));
        Assert.Empty(values);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "fixtable_next")]
    public void Next_goes_on_from_a_key_that_is_gone(TableKind kind)
    {
        using var table = Numbers(kind, Rows);
        using var pin = table.Pin();
        var order = Forward(table);
        for (var place = 0; place < Rows - 1; place += 7)
        {
            table.Delete(order[place]);
            Assert.True(table.TryNext(order[place], out var next));
            Assert.Equal(order[place + 1], next);
        }
        table.SelectDelete(_ => true);
        Assert.False(table.TryNext(order[0], out _));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Everything_may_be_deleted_on_the_way(TableKind kind)
    {
        using var table = Numbers(kind, Rows);
        var seen = 0;
        for (var found = table.TryFirst(out var key); found; found = table.TryNext(key, out key))
        {
            Assert.True(table.Delete(key));
            seen++;
        }
        Assert.Equal((Rows, 0), (seen, table.Count));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Keys_that_stay_are_met_once_while_others_come_and_the_table_grows(TableKind kind)
    {
        using var table = Numbers(kind, Rows);
        var seen = new List<long>();
        var newcomer = (long)Rows;
        for (var found = table.TryFirst(out var key); found && newcomer < 20 * Rows; found = table.TryNext(key, out key))
        {
            if (key >= Rows)
                continue;
            seen.Add(key);
            for (var more = 0; more < 5; more++, newcomer++)
                table.Insert(newcomer, newcomer);
        }
        Assert.Equal(Enumerable.Range(0, Rows).Select(number => (long)number), seen.Order());
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "smp_ordered_iteration")]
    [Trait("ets_SUITE", "firstnext_concurrent")]
    public async Task Keys_that_stay_are_met_once_while_another_thread_inserts_and_deletes(TableKind kind)
    {
        const int Stay = 200;
        using var table = Numbers(kind, Stay);
        using var stop = new CancellationTokenSource();
        var churn = Task.Factory.StartNew(
            () =>
            {
                var random = new Random(1);
                while (!stop.IsCancellationRequested)
                {
                    var key = Stay + random.NextInt64(1_000);
                    if (!table.Delete(key))
                        table.Insert(key, key);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            for (var round = 0; round < 20; round++)
                Assert.Equal(Stay, Forward(table).Count(key => key < Stay));
        }
        finally
        {
            await stop.CancelAsync();
            await churn;
        }
    }

    [Theory]
    [MemberData(nameof(Bags))]
    [Trait("ets_SUITE", "fixtable_iter_bag")]
    public void Objects_may_be_deleted_at_every_step_through_a_bag(TableKind kind)
    {
        for (var choice = 0; choice < 1 << 6; choice++)
        {
            using var table = Numbers(kind);
            table.InsertMany(Enumerable.Range(0, 6).Select(number => new KeyValuePair<long, long>(number / 2, number)));
            var met = new List<long>();
            for (var found = table.TryFirstLookup(out var key, out var values); found; found = table.TryNextLookup(key, out key, out values))
            {
                met.Add(key);
                foreach (var value in values.Where(value => (choice & (1 << (int)value)) != 0))
                    Assert.Equal(1, table.DeleteObject(key, value));
            }
            Assert.Equal([0L, 1, 2], met.Order());
            Assert.Equal(Enumerable.Range(0, 6).Where(number => (choice & (1 << number)) == 0).Select(number => (long)number), table.Select(_ => true, row => row.Value).Order());
        }
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "t_select_replace_next_bug")]
    public void Next_goes_on_after_a_replacement(TableKind kind)
    {
        using var table = Numbers(kind, 3);
        Assert.True(table.TryFirst(out var first));
        Assert.Equal(1, table.SelectReplace(row => row.Key == first, _ => 77));
        Assert.True(table.TryNext(first, out var second));
        Assert.True(table.TryNext(second, out _));
    }

    [Theory]
    [MemberData(nameof(Unordered))]
    public void Without_an_order_last_is_first_and_previous_is_next(TableKind kind)
    {
        using var table = Numbers(kind, 100);
        Assert.True(table.TryFirst(out var first));
        Assert.True(table.TryLast(out var last));
        Assert.Equal(first, last);
        Assert.True(table.TryNext(first, out var next));
        Assert.True(table.TryPrevious(first, out var previous));
        Assert.Equal(next, previous);
    }

    [Fact]
    [Trait("ets_SUITE", "ordered")]
    public void With_an_order_the_keys_go_up_and_down()
    {
        using var table = Numbers(TableKind.OrderedSet);
        foreach (var key in new[] { -5L, 300, 7, long.MaxValue, 0, long.MinValue })
            table.Insert(key, key);
        long[] sorted = [long.MinValue, -5, 0, 7, 300, long.MaxValue];
        Assert.Equal(sorted, Forward(table));
        var down = new List<long>();
        for (var found = table.TryLast(out var key); found; found = table.TryPrevious(key, out key))
            down.Add(key);
        Assert.Equal(sorted.Reverse(), down);
        Assert.True(table.TryNext(1, out var above));
        Assert.True(table.TryPrevious(299, out var below));
        Assert.Equal((7L, 7L), (above, below));
    }

    [Fact]
    public void A_reader_in_another_mapping_goes_the_same_way()
    {
        var tables = Create(TableKind.Set);
        using var writer = tables.Open<string, Item>();
        for (var number = 0; number < 500; number++)
            writer.Insert($"key {number}", new Item(number, "text"));
        using var reader = tables.Open<string, Item>(writable: false);
        Assert.Equal(Forward(writer), Forward(reader));
    }

    private static List<TKey> Forward<TKey, TValue>(EtsTable<TKey, TValue> table)
    {
        var keys = new List<TKey>();
        for (var found = table.TryFirst(out var key); found; found = table.TryNext(key!, out key))
            keys.Add(key!);
        return keys;
    }
}
