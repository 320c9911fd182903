namespace EtsPersist.Mmf.Client.Tests;

public sealed class TypedAllocationTests : IDisposable
{
    private readonly TypedTables _tables = new();

    public void Dispose() => _tables.Dispose();

    [Fact]
    public void Numbers_under_numbers_are_read_and_written_without_allocation()
    {
        using var table = _tables.Open<long, long>();
        RequireNoAllocation(table, 5L, 6L);
        RequireNothing(() => table.UpdateCounter(5L, 1, 0));
    }

    [Fact]
    public void Structs_under_guids_are_read_and_written_without_allocation()
    {
        using var table = _tables.Open<Guid, Point>();
        RequireNoAllocation(table, Guid.NewGuid(), new Point(1, 2.5, 3));
    }

    [Fact]
    public void Numbers_under_strings_are_read_and_written_without_allocation()
    {
        using var table = _tables.Open<string, long>();
        RequireNoAllocation(table, "a key of some length", 6L);
    }

    [Fact]
    public void Numbers_under_doubles_are_read_and_written_without_allocation()
    {
        using var table = _tables.Open<double, int>();
        RequireNoAllocation(table, 1.5, 6);
    }

    [Theory]
    [InlineData(TableKind.Set)]
    [InlineData(TableKind.OrderedSet)]
    public void Steps_from_key_to_key_allocate_nothing(TableKind kind)
    {
        using var tables = new TypedTables(kind: kind);
        using var table = tables.Open<long, long>();
        for (var key = 0L; key < 100; key++)
            table.Insert(key, key);
        RequireNothing(() =>
        {
            for (var found = table.TryFirst(out var key); found; found = table.TryNext(key, out key))
            {
            }
        });
    }

    private static void RequireNoAllocation<TKey, TValue>(EtsTable<TKey, TValue> table, TKey key, TValue value)
    {
        RequireNothing(() => table.Insert(key, value));
        RequireNothing(() => table.TryGet(key, out _));
        RequireNothing(() => table.ContainsKey(key));
        RequireNothing(() => table.InsertNew(key, value));
        RequireNothing(() =>
        {
            table.Take(key, out _);
            table.Insert(key, value);
            table.Delete(key);
            table.TryGet(key, out _);
        });
    }

    private static void RequireNothing(Action operation)
    {
        for (var warm = 0; warm < 200; warm++)
            operation();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 200; round++)
            operation();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private readonly record struct Point(int X, double Y, byte Z);
}
