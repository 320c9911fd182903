namespace EtsPersist.Mmf.Client.Tests;

public sealed class TypedLifetimeTests : IDisposable
{
    private readonly TypedTables _tables = new();

    public void Dispose() => _tables.Dispose();

    [Fact]
    public void After_disposal_every_operation_says_so()
    {
        var table = _tables.Open<string, long>();
        table.Insert("a", 1);
        var batch = table.CreateBatch().Insert("b", 2);
        table.Dispose();
        table.Dispose();
        Action[] operations =
        [
            () => table.Insert("a", 1),
            () => table.InsertNew("a", 1),
            () => table.TryGet("a", out _),
            () => table.Lookup("a"),
            () => table.ContainsKey("a"),
            () => table.Delete("a"),
            () => table.Take("a", out _),
            () => table.UpdateCounter("a", 1),
            () => table.UpdateCounter("a", 1, 0),
            () => table.Commit(batch),
            () => table.CommitIfAllNew(batch),
            () => _ = table.ToList(),
            () => _ = table.Count,
            () => _ = table.BytesReserved,
            () => _ = table.Schema,
        ];
        foreach (var operation in operations)
            Assert.Throws<ObjectDisposedException>(operation);
    }

    [Fact]
    public void An_enumeration_under_way_ends_when_the_table_is_disposed()
    {
        var table = _tables.Open<long, long>();
        for (var row = 0; row < 2_000; row++)
            table.Insert(row, row);
        using var rows = table.GetEnumerator();
        Assert.True(rows.MoveNext());
        table.Dispose();
        Assert.Throws<ObjectDisposedException>(() =>
        {
            while (rows.MoveNext())
            {
            }
        });
    }

    [Fact]
    public async Task An_owned_table_is_released_once_and_before_it_is_closed()
    {
        var releases = 0;
        EtsTable<string, long>? table = null;
        table = _tables.Own<string, long>(() =>
        {
            releases++;
            table!.Insert("last", 1);
            return ValueTask.CompletedTask;
        });
        await table.DisposeAsync();
        await table.DisposeAsync();
        Assert.Equal(1, releases);
        using var reader = _tables.Open<string, long>();
        Assert.True(reader.ContainsKey("last"));
    }

    [Fact]
    public async Task A_release_that_fails_still_closes_the_table()
    {
        var table = _tables.Own<string, long>(() => throw new TableBusyException("the test's release fails"));
        await Assert.ThrowsAsync<TableBusyException>(async () => await table.DisposeAsync());
        Assert.Throws<ObjectDisposedException>(() => table.Count);
    }

    [Fact]
    public void A_dropped_table_says_so()
    {
        using var table = _tables.Open<string, long>();
        using var other = _tables.Open<string, long>();
        table.Insert("a", 1);
        table.File.MarkDropped();
        Assert.Throws<TableDroppedException>(() => other.TryGet("a", out _));
        Assert.Throws<TableDroppedException>(() => table.Insert("a", 2));
    }

    [Fact]
    public void Whoever_does_not_own_a_protected_table_reads_and_does_not_write()
    {
        using var tables = new TypedTables(TableAccess.Protected);
        using var owner = tables.Own<string, long>();
        owner.Insert("a", 1);
        using var other = tables.Open<string, long>();
        Assert.True(other.ContainsKey("a"));
        Assert.Throws<NotOwnerException>(() => other.Insert("a", 2));
        Assert.Throws<NotOwnerException>(() => other.Commit(other.CreateBatch().Delete("a")));
        Assert.Throws<NotOwnerException>(() => other.UpdateCounter("a", 1));
        Assert.Equal(1, Assert.Single(owner.Lookup("a")));
    }
}
