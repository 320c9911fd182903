namespace EtsPersist.Mmf.Client.Tests.Files;

public sealed class PortableFileTests : IDisposable
{
    private readonly SavedTables _tables = new();

    public static TheoryData<TableKind> Kinds => [.. Enum.GetValues<TableKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("ets_SUITE", "tab2file2")]
    public async Task A_table_of_each_kind_comes_back_with_every_row(TableKind kind)
    {
        const int Seed = 20261128;
        var random = new Random(Seed);
        var table = _tables.Create(kind);
        for (var row = 0; row < 2_000; row++) table.Insert(Bytes(random, 1 + random.Next(40)), Bytes(random, random.Next(300)));
        var saved = await SavedTables.SaveAsync(table, blockBytes: 4_096);
        var loaded = _tables.Create(kind);
        var info = await SavedTables.ReadAsync(saved, loaded.Insert);
        Assert.Equal(table.Count, loaded.Count);
        Assert.Equal((table.Name, kind, TableAccess.Public, table.Count), (info.Name, info.Kind, info.Access, info.Rows));
        Assert.Equal(saved.Length, info.Bytes);
        Assert.Equal(table.Capacity, info.MaximumBytes);
        Assert.Equal(DateTime.UnixEpoch, info.SavedAt);
        Assert.Equal("key: bytes; value: bytes", info.Schema.ToString());
        Assert.Equal(SavedTables.RowsOf(table).Order(StringComparer.Ordinal), SavedTables.RowsOf(loaded).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(TableKind.Bag, new byte[] { 5, 3, 9, 1 })]
    [InlineData(TableKind.DuplicateBag, new byte[] { 5, 3, 5, 9, 3, 1 })]
    public async Task Rows_of_one_key_keep_their_order_and_their_duplicates(TableKind kind, byte[] kept)
    {
        var table = _tables.Create(kind);
        foreach (var value in (byte[])[5, 3, 5, 9, 3, 1])
        {
            table.Insert([1], [value]);
            table.Insert([2], [value]);
        }
        var loaded = _tables.Create(kind);
        await SavedTables.ReadAsync(await SavedTables.SaveAsync(table), loaded.Insert);
        foreach (var key in (byte[])[1, 2])
        {
            var page = new Native.Engine.ScanPage();
            loaded.Lookup([key], page);
            Assert.Equal(kept, Enumerable.Range(0, page.Count).Select(row => page.Value(row)[0]));
        }
    }

    [Fact]
    public async Task Rows_of_fixed_length_come_back_as_entries()
    {
        var table = _tables.Create(TableKind.Set, sizeof(long), sizeof(long));
        for (var row = 0L; row < 1_000; row++) table.Insert(BitConverter.GetBytes(row), BitConverter.GetBytes(-row));
        var saved = await SavedTables.SaveAsync(table, sizeof(long), sizeof(long));
        var loaded = _tables.Create(TableKind.Set, sizeof(long), sizeof(long));
        await SavedTables.ReadAsync(saved, loaded.Insert);
        Assert.Equal(SavedTables.RowsOf(table).Order(StringComparer.Ordinal), SavedTables.RowsOf(loaded).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Rows_of_an_ordered_table_lie_in_the_file_in_the_order_of_their_keys()
    {
        var table = _tables.Create(TableKind.OrderedSet);
        foreach (var key in (byte[])[9, 3, 7, 1, 5]) table.Insert([key], [key]);
        var keys = new List<byte>();
        await SavedTables.ReadAsync(await SavedTables.SaveAsync(table), (key, _) => keys.Add(key[0]));
        Assert.Equal([1, 3, 5, 7, 9], keys);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("ets_SUITE", "tab2file")]
    public async Task An_empty_table_is_a_file_without_rows(TableKind kind)
    {
        var info = await SavedTables.ReadAsync(await SavedTables.SaveAsync(_tables.Create(kind)), (_, _) => Assert.Fail("a row"));
        Assert.Equal(0, info.Rows);
    }

    [Fact]
    public async Task The_longest_key_and_the_longest_value_come_back()
    {
        var table = _tables.Create(TableKind.Set);
        var key = Bytes(new Random(1), 32 << 10);
        var value = Bytes(new Random(2), 16 << 20);
        table.Insert(key, value);
        table.Insert([1], [2]);
        var loaded = _tables.Create(TableKind.Set);
        await SavedTables.ReadAsync(await SavedTables.SaveAsync(table, blockBytes: 64 << 10), loaded.Insert);
        var read = new byte[value.Length];
        Assert.Equal(Native.Engine.ReadStatus.Found, loaded.Read(key, read, out _));
        Assert.Equal(value, read);
        Assert.Equal(2, loaded.Count);
    }

    [Fact]
    public async Task A_row_that_is_there_throughout_is_saved_once_while_the_table_is_written()
    {
        const int Stable = 3_000;
        var table = _tables.Create(TableKind.Set);
        for (var row = 0; row < Stable; row++) table.Insert(BitConverter.GetBytes(row), [1]);
        using var stop = new CancellationTokenSource();
        using var written = new ManualResetEventSlim();
        var writer = Task.Run(() =>
        {
            for (var row = Stable; !stop.IsCancellationRequested; row++)
            {
                table.Insert(BitConverter.GetBytes(row), [2]);
                table.Insert(BitConverter.GetBytes(row % Stable), [3]);
                if (row % 3 == 0) table.Delete(BitConverter.GetBytes(row));
                written.Set();
            }
        });
        written.Wait();
        var saved = await SavedTables.SaveAsync(table, blockBytes: 1_024);
        await stop.CancelAsync();
        await writer;
        var seen = new Dictionary<int, int>();
        await SavedTables.ReadAsync(saved, (key, _) =>
        {
            var row = BitConverter.ToInt32(key);
            seen[row] = seen.GetValueOrDefault(row) + 1;
        });
        Assert.All(seen, pair => Assert.Equal(1, pair.Value));
        Assert.Equal(Stable, seen.Keys.Count(row => row < Stable));
    }

    public void Dispose() => _tables.Dispose();

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
