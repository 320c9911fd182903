using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>To the engine a schema is bytes that are bound as a whole.</summary>
public sealed class SchemaBytesTests : IDisposable
{
    private readonly TemporaryTable _table = new();

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_new_table_has_none() => Assert.Empty(File.ReadSchema());

    [Fact]
    public void A_schema_is_bound_and_extended_by_whoever_knows_what_is_there()
    {
        Assert.True(File.TryBindSchema([], "first"u8));
        Assert.Equal("first"u8, File.ReadSchema().AsSpan());
        Assert.False(File.TryBindSchema([], "second"u8));
        Assert.False(File.TryBindSchema("other"u8, "second"u8));
        Assert.False(File.TryBindSchema("firs"u8, "second"u8));
        Assert.Equal("first"u8, File.ReadSchema().AsSpan());
        Assert.True(File.TryBindSchema("first"u8, "first, extended"u8));
        Assert.True(File.TryBindSchema("first, extended"u8, "short"u8));
        Assert.Equal("short"u8, _table.OpenAgain(writable: false).ReadSchema().AsSpan());
        File.Insert("a"u8, "1"u8);
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void A_schema_of_the_largest_size_fits_and_one_byte_more_is_refused()
    {
        Assert.True(File.TryBindSchema([], Pattern(1500)));
        Assert.Equal(Pattern(1500), File.ReadSchema());
        var error = Assert.Throws<TableSchemaException>(() => File.TryBindSchema(Pattern(1500), new byte[1501]));
        Assert.Contains("1501", error.Message, StringComparison.Ordinal);
        Assert.Equal(Pattern(1500), File.ReadSchema());
    }

    [Fact]
    public void Of_many_that_bind_at_once_one_wins_each_time()
    {
        for (var round = 0; round < 100; round++)
        {
            var expected = File.ReadSchema();
            var won = 0;
            Parallel.For(0, 4, thread =>
            {
                if (File.TryBindSchema(expected, Pattern(100 + thread, round)))
                    Interlocked.Increment(ref won);
            });
            Assert.Equal(1, won);
        }
    }

    [Fact]
    public async Task A_reader_sees_whole_schemas_only()
    {
        Assert.True(File.TryBindSchema([], Pattern(1)));
        using var stop = new CancellationTokenSource();
        var reader = Task.Factory.StartNew(() =>
        {
            do
            {
                var schema = File.ReadSchema();
                Assert.Equal(Pattern(schema.Length), schema);
            }
            while (!stop.IsCancellationRequested);
        }, TaskCreationOptions.LongRunning);
        for (var length = 2; length < 1500 && !reader.IsFaulted; length++)
            Assert.True(File.TryBindSchema(Pattern(length - 1), Pattern(length)));
        await stop.CancelAsync();
        await reader;
    }
}
