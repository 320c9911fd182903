using EtsPersist.Mmf.Files;

namespace EtsPersist.Mmf.Client.Tests.Files;

/// <summary>What a loading that was killed leaves: rows, and the mark in place of their schema.</summary>
public sealed class LoadMarkTests
{
    [Theory]
    [InlineData(TableAccess.Protected)]
    [InlineData(TableAccess.Public)]
    [InlineData(TableAccess.Private)]
    public void The_next_owner_finds_no_row_of_it(TableAccess access)
    {
        using var tables = new TypedTables(access);
        LeaveUnfinished(tables);
        using var next = tables.Own<long, long>();
        Assert.Equal(0, next.Count);
        Assert.Equal("key: int64; value: int64", next.Schema.ToString());
        next.Insert(1, 2);
        Assert.True(next.TryGet(1, out _));
    }

    [Theory]
    [InlineData(TableAccess.Protected)]
    [InlineData(TableAccess.Public)]
    public void Nobody_else_opens_the_table(TableAccess access)
    {
        using var tables = new TypedTables(access);
        LeaveUnfinished(tables);
        var error = Assert.Throws<TableNotReadyException>(() => tables.Open<long, long>(access == TableAccess.Public));
        Assert.Contains("being loaded", error.Message, StringComparison.Ordinal);
        using var file = tables.OpenFile(writable: false);
        Assert.Equal(1_500, file.Count);
    }

    private static void LeaveUnfinished(TypedTables tables)
    {
        using var loader = tables.Own<long, long>();
        var file = loader.File;
        Assert.True(file.TryBindSchema(file.ReadSchema(), LoadMark.Bytes));
        for (var row = 0L; row < 1_500; row++) loader.Insert(row, row);
        Assert.True(file.TryRelease(file.Ownership.Epoch));
    }
}
