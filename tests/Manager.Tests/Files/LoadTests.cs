using EtsPersist.Mmf.Manager.Tests.Connections;
using EtsPersist.Mmf.Manager.Tests.Running;

namespace EtsPersist.Mmf.Manager.Tests.Files;

public sealed class LoadTests : IAsyncLifetime
{
    private const int Rows = 500;
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private static readonly EtsSaveOptions SmallBlocks = new() { BlockBytes = 1_024, Sync = false };

    private readonly string _folder = Directory.CreateTempSubdirectory("ets-test-").FullName;
    private RunningManager _manager = null!;
    private EtsWorker _worker = null!;

    private string Saved => Path.Combine(_folder, "saved.etsfile");

    public async Task InitializeAsync()
    {
        _manager = await RunningManager.StartAsync();
        _worker = await _manager.ConnectAsync();
    }

    [Theory]
    [InlineData(TableAccess.Protected)]
    [InlineData(TableAccess.Public)]
    [InlineData(TableAccess.Private)]
    public async Task A_dropped_table_comes_back_from_its_file(TableAccess access)
    {
        await SaveAndDropAsync<string, Account>(access, row => ($"key {row}", new Account(row, $"owner {row}")));
        var steps = new Steps();
        await using var loaded = await _worker.LoadAsync<string, Account>(
            Saved, new EtsLoadOptions { GiftData = new byte[] { 7 } }, steps).WaitAsync(Patience);
        Assert.Equal(("accounts", TableKind.Set, access, (long)Rows), (loaded.Name, loaded.Kind, loaded.Access, loaded.Count));
        for (var row = 0; row < Rows; row++)
        {
            Assert.True(loaded.TryGet($"key {row}", out var account));
            Assert.Equal(new Account(row, $"owner {row}"), account);
        }
        Assert.Equal([7], loaded.Transfer!.GiftData.ToArray());
        Assert.Equal([EtsFilePhase.Verifying, EtsFilePhase.Loading], steps.Reports.Select(step => step.Phase).Distinct());
        Assert.All(steps.Reports, step => Assert.Equal(Rows, step.TotalRows));
        loaded.Insert("another", new Account(1, "bob"));
    }

    [Fact]
    public async Task A_table_of_fixed_rows_comes_back_from_its_file()
    {
        await SaveAndDropAsync<long, long>(TableAccess.Protected, row => (row, row * row));
        await using var loaded = await _worker.LoadAsync<long, long>(Saved).WaitAsync(Patience);
        Assert.Equal(Rows, loaded.Count);
        Assert.True(loaded.TryGet(7, out var square));
        Assert.Equal(49, square);
        Assert.Equal(50, loaded.UpdateCounter(7, 1));
    }

    [Fact]
    public async Task An_ordered_table_comes_back_in_its_order()
    {
        await SaveAndDropAsync<int, string>(TableAccess.Protected, row => ((int)(row * 7 % Rows) - 100, $"row {row}"), TableKind.OrderedSet);
        await using var loaded = await _worker.LoadAsync<int, string>(Saved).WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(-100, Rows), loaded.Select(row => row.Key));
    }

    [Theory]
    [InlineData(TableKind.Bag)]
    [InlineData(TableKind.DuplicateBag)]
    public async Task A_bag_comes_back_with_the_rows_of_each_key_in_their_order(TableKind kind)
    {
        const int Keys = 10;
        await SaveAndDropAsync<string, long>(TableAccess.Protected, row => ($"key {row % Keys}", Rows - row), kind);
        await using var loaded = await _worker.LoadAsync<string, long>(Saved).WaitAsync(Patience);
        Assert.Equal((kind, (long)Rows), (loaded.Kind, loaded.Count));
        for (var key = 0; key < Keys; key++)
            Assert.Equal(Enumerable.Range(0, Rows / Keys).Select(row => Rows - (row * Keys) - (long)key), loaded.Lookup($"key {key}"));
    }

    [Fact]
    [Trait("ets_SUITE", "tabfile_ext3")]
    public async Task A_table_of_the_saved_name_is_not_touched()
    {
        await using var table = await _worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        table.Insert("alice", 100);
        await table.SaveAsync(Saved, SmallBlocks);
        table.Insert("bob", 200);
        var error = await Assert.ThrowsAsync<TableExistsException>(() => _worker.LoadAsync<string, long>(Saved).WaitAsync(Patience));
        Assert.Contains("accounts", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, table.Count);
        await using var other = await _worker.LoadAsync<string, long>(Saved, new EtsLoadOptions { Name = "copy" }).WaitAsync(Patience);
        Assert.Equal(("copy", 1L), (other.Name, other.Count));
    }

    [Fact]
    public async Task A_damaged_file_makes_no_table()
    {
        await SaveAndDropAsync<string, long>(TableAccess.Protected, row => ($"key {row}", row));
        var bytes = await File.ReadAllBytesAsync(Saved);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(Saved, bytes);
        await Assert.ThrowsAsync<EtsFileFormatException>(() => _worker.LoadAsync<string, long>(Saved).WaitAsync(Patience));
        RequireNoTable();
    }

    [Fact]
    public async Task A_file_of_other_types_makes_no_table()
    {
        await SaveAndDropAsync<string, long>(TableAccess.Protected, row => ($"key {row}", row));
        await Assert.ThrowsAsync<TableSchemaException>(() => _worker.LoadAsync<string, double>(Saved).WaitAsync(Patience));
        RequireNoTable();
    }

    [Fact]
    public async Task A_file_that_is_missing_makes_no_table()
    {
        var error = await Assert.ThrowsAsync<EtsFileException>(() => _worker.LoadAsync<string, long>(Saved).WaitAsync(Patience));
        Assert.IsType<FileNotFoundException>(error.InnerException);
        RequireNoTable();
    }

    [Fact]
    public async Task Rows_of_an_older_version_get_the_defaults_of_the_newer_one_and_the_other_way_round()
    {
        await SaveAndDropAsync<string, Account>(TableAccess.Protected, row => ($"key {row}", new Account(row, "alice")));
        await using (var newer = await _worker.LoadAsync<string, NewerAccount>(Saved).WaitAsync(Patience))
        {
            Assert.True(newer.TryGet("key 1", out var account));
            Assert.Equal(new NewerAccount(1, "alice", "EUR"), account);
            newer.Insert("key 1", account! with { Currency = "CHF" });
            await newer.SaveAsync(Saved, SmallBlocks);
            await _worker.DropAsync("accounts").WaitAsync(Patience);
        }
        await using var older = await _worker.LoadAsync<string, Account>(Saved).WaitAsync(Patience);
        Assert.True(older.TryGet("key 1", out var known));
        Assert.Equal(new Account(1, "alice"), known);
        Assert.Contains("Currency", older.Schema.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TableAccess.Protected)]
    [InlineData(TableAccess.Public)]
    public async Task Nobody_opens_the_table_before_it_is_loaded(TableAccess access)
    {
        await SaveAndDropAsync<string, long>(access, row => ($"key {row}", row));
        var attempts = new List<Exception?>();
        var steps = new Steps(() => attempts.Add(Record.Exception(() => EtsTable.Open<string, long>("accounts", OpenOptions).Dispose())));
        await using var loaded = await _worker.LoadAsync<string, long>(Saved, null, steps).WaitAsync(Patience);
        Assert.True(attempts.Count > 1);
        Assert.All(attempts, error => Assert.IsType<TableNotReadyException>(error));
        using var reader = EtsTable.Open<string, long>("accounts", OpenOptions);
        Assert.Equal(Rows, reader.Count);
    }

    [Fact]
    public async Task Rows_with_their_key_inside_come_back()
    {
        await using (var table = await _worker.OwnAsync<Account>("accounts", EtsTableOptions.Default).WaitAsync(Patience))
        {
            table.Insert(new Account(1, "alice"));
            table.Insert(new Account(2, "bob"));
            await table.SaveAsync(Saved, SmallBlocks);
            await _worker.DropAsync("accounts").WaitAsync(Patience);
        }
        await using var loaded = await _worker.LoadAsync<Account>(Saved).WaitAsync(Patience);
        Assert.Equal([new Account(1, "alice"), new Account(2, "bob")], loaded.OrderBy(account => account.Balance));
    }

    [Fact]
    public async Task A_cancelled_loading_leaves_no_table()
    {
        await SaveAndDropAsync<string, long>(TableAccess.Protected, row => ($"key {row}", row));
        using var cancelling = new CancellationTokenSource();
        var steps = new Steps(cancelling.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _worker.LoadAsync<string, long>(Saved, null, steps, cancelling.Token).WaitAsync(Patience));
        RequireNoTable();
        await using var loaded = await _worker.LoadAsync<string, long>(Saved).WaitAsync(Patience);
        Assert.Equal(Rows, loaded.Count);
    }

    [Fact]
    public async Task A_loading_that_fails_without_a_manager_leaves_an_empty_table_for_the_next_owner()
    {
        await SaveAndDropAsync<string, long>(TableAccess.Protected, row => ($"key {row}", row));
        using var cancelling = new CancellationTokenSource();
        var steps = new Steps(() =>
        {
            _manager.StopAsync().Wait();
            cancelling.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _worker.LoadAsync<string, long>(Saved, null, steps, cancelling.Token).WaitAsync(Patience));
        Assert.Throws<TableNotReadyException>(() => EtsTable.Open<string, long>("accounts", OpenOptions));
        await using var restarted = await RunningManager.StartAsync(root: _manager.Root);
        await using var next = await _worker.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        Assert.Equal(0, next.Count);
        Assert.False(next.TryGet("key 1", out _));
    }

    [Fact]
    public async Task A_loading_whose_manager_goes_before_it_says_that_the_table_is_made_completes_under_the_next_one()
    {
        await SaveAndDropAsync<string, long>(TableAccess.Protected, row => ($"key {row}", row));
        await RunningManager.UntilAsync(() => !_manager.Directory.AllTables().Any());
        await _manager.StopAsync();
        var cut = CutManager.ServeAsync(_manager.Directory);
        var loading = _worker.LoadAsync<string, long>(Saved);
        await cut.WaitAsync(Patience);
        Assert.Single(_manager.Directory.AllTables());
        await using var next = await RunningManager.StartAsync(root: _manager.Root);
        await using var loaded = await loading.WaitAsync(Patience);
        Assert.Equal((TransferReason.Created, (long)Rows), (loaded.Transfer!.Reason, loaded.Count));
        await RunningManager.UntilAsync(() => _manager.Directory.AllTables().Count() == 1); // Windows keeps the first one until nobody has it mapped
    }

    [Fact]
    public async Task A_loading_that_is_given_up_after_its_manager_has_gone_leaves_no_table_to_the_next_one()
    {
        await SaveAndDropAsync<string, long>(TableAccess.Protected, row => ($"key {row}", row));
        await RunningManager.UntilAsync(() => !_manager.Directory.AllTables().Any());
        await _manager.StopAsync();
        var cut = CutManager.ServeAsync(_manager.Directory);
        using var cancelling = new CancellationTokenSource();
        var loading = _worker.LoadAsync<string, long>(Saved, cancellationToken: cancelling.Token);
        await cut.WaitAsync(Patience);
        cancelling.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading.WaitAsync(Patience));
        await using var next = await RunningManager.StartAsync(root: _manager.Root);
        await RunningManager.UntilAsync(() => !_manager.Directory.AllTables().Any());
    }

    public async Task DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _manager.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private EtsOpenOptions OpenOptions => new() { Directory = _manager.Root };

    private async Task SaveAndDropAsync<TKey, TValue>(
        TableAccess access, Func<long, (TKey Key, TValue Value)> make, TableKind kind = TableKind.Set)
    {
        var options = new EtsTableOptions { Access = access, Kind = kind };
        await using var table = await _worker.OwnAsync<TKey, TValue>("accounts", options).WaitAsync(Patience);
        for (var row = 0L; row < Rows; row++)
        {
            var (key, value) = make(row);
            table.Insert(key, value);
        }
        await table.SaveAsync(Saved, SmallBlocks);
        await _worker.DropAsync("accounts").WaitAsync(Patience);
    }

    private void RequireNoTable() => Assert.Throws<TableNotFoundException>(() => EtsTable.Open<string, long>("accounts", OpenOptions));

    public sealed record Account(long Balance, string Owner);

    public sealed record NewerAccount(long Balance, string Owner, string Currency = "EUR");

    /// <summary>Keeps every report, and does something at each of the loading.</summary>
    private sealed class Steps(Action? atLoading = null) : IProgress<EtsFileProgress>
    {
        public List<EtsFileProgress> Reports { get; } = [];

        public void Report(EtsFileProgress value)
        {
            Reports.Add(value);
            if (value.Phase == EtsFilePhase.Loading) atLoading?.Invoke();
        }
    }
}
