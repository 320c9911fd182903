namespace EtsPersist.Mmf.Client.Tests;

public sealed class UpdateTests : KindTests
{
    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void A_function_replaces_the_row_that_is_there(TableKind kind)
    {
        using var table = Items(kind);
        Assert.False(table.Update("a", item => item with { Count = 7 }));
        Assert.Empty(table);
        table.Insert("a", new Item(1, "one"));
        Assert.True(table.Update("a", item => item with { Count = item.Count + 1 }));
        Assert.True(table.Update("a", "two", (item, text) => item with { Text = text }));
        Assert.Equal(new Item(2, "two"), Assert.Single(table.Lookup("a")));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void A_missing_row_is_inserted_or_else_updated(TableKind kind)
    {
        using var table = Numbers(kind);
        Assert.Equal(5, table.InsertOrUpdate(1, 5, value => value + 1));
        Assert.Equal(6, table.InsertOrUpdate(1, 5, value => value + 1));
        Assert.Equal(16, table.InsertOrUpdate(1, 5, 10L, (value, more) => value + more));
        Assert.Equal(16, Assert.Single(table.Lookup(1)));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void A_function_runs_again_where_somebody_was_quicker(TableKind kind)
    {
        using var table = Numbers(kind, 1);
        var calls = 0;
        Assert.True(table.Update(0, value =>
        {
            if (calls++ == 0)
                table.Insert(0, 100);
            return value + 1;
        }));
        Assert.Equal((2, 101L), (calls, Assert.Single(table.Lookup(0))));
        Assert.False(table.Update(0, value =>
        {
            table.Delete(0);
            return value;
        }));
        Assert.Empty(table);
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void What_the_function_throws_leaves_the_row(TableKind kind)
    {
        using var table = Numbers(kind, 1);
        Assert.Throws<InvalidTimeZoneException>(() => table.Update(0, _ => throw new InvalidTimeZoneException()));
        Assert.Equal(0, Assert.Single(table.Lookup(0)));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "t_select_replace")]
    public void A_value_is_exchanged_if_it_is_the_expected_one(TableKind kind)
    {
        using var table = Items(kind);
        Assert.False(table.CompareExchange("a", new Item(1, "one"), new Item(2, "two")));
        table.Insert("a", new Item(1, "one"));
        Assert.False(table.CompareExchange("a", new Item(1, "ONE"), new Item(2, "two")));
        Assert.True(table.CompareExchange("a", new Item(1, "one"), new Item(2, new string('t', 1_000))));
        Assert.True(table.CompareExchange("a", new Item(2, new string('t', 1_000)), new Item(3, "three")));
        Assert.Equal(new Item(3, "three"), Assert.Single(table.Lookup("a")));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void Updates_of_many_threads_lose_nothing(TableKind kind)
    {
        using var table = Items(kind);
        table.Insert("a", new Item(0, ""));
        InParallel(thread =>
        {
            for (var round = 0; round < 500; round++)
            {
                Assert.True(table.Update("a", item => item with { Count = item.Count + 1, Text = new string('x', (int)(item.Count % 300)) }));
                table.InsertOrUpdate($"{round}", new Item(1, ""), item => item with { Count = item.Count + 1 });
            }
        });
        Assert.Equal(2_000, Assert.Single(table.Lookup("a")).Count);
        Assert.All(Enumerable.Range(0, 500), round => Assert.Equal(4, Assert.Single(table.Lookup($"{round}")).Count));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void Exchanges_of_many_threads_lose_nothing(TableKind kind)
    {
        using var table = Numbers(kind, 1);
        InParallel(thread =>
        {
            for (var round = 0; round < 500; round++)
            {
                long value;
                do
                    Assert.True(table.TryGet(0, out value));
                while (!table.CompareExchange(0, value, value + 1));
            }
        });
        Assert.Equal(2_000, Assert.Single(table.Lookup(0)));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "smp_select_replace")]
    public void Replacements_of_many_threads_lose_nothing(TableKind kind)
    {
        using var table = Numbers(kind, 50);
        var replaced = 0L;
        InParallel(thread =>
        {
            for (var round = 0; round < 50; round++)
                Interlocked.Add(ref replaced, table.SelectReplace(row => (row.Key + round) % 3 == 0, row => row.Value + 1));
        });
        Assert.Equal(replaced, table.Sum(row => row.Value - row.Key));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void A_process_that_may_only_read_does_not_update_even_nothing(TableKind kind)
    {
        var tables = Create(kind, TableAccess.Protected);
        using var owner = tables.Own<long, long>();
        using var reader = tables.Open<long, long>(writable: false);
        Assert.Throws<NotOwnerException>(() => reader.Update(1, value => value));
        Assert.Throws<NotOwnerException>(() => reader.CompareExchange(1, 1, 2));
        Assert.Throws<NotOwnerException>(() => reader.InsertOrUpdate(1, 1, value => value));
    }

    private static void InParallel(Action<int> work)
    {
        var threads = Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () => work(thread), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        Task.WaitAll([.. threads]);
    }
}
