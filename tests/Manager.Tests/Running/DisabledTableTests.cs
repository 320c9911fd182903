using EtsPersist.Mmf.Manager.CommandLine;
using EtsPersist.Mmf.Manager.Steps;

namespace EtsPersist.Mmf.Manager.Tests.Running;

/// <summary>A table that cannot be served blocks its name for no longer than the cause is there, and can be dropped meanwhile.</summary>
public sealed class DisabledTableTests : IAsyncLifetime
{
    private const string Recreated = """{"tables":[{"id":"accounts","recreate":true}]}""";
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private RunningManager _manager = null!;
    private EtsWorker _worker = null!;
    private EtsWorker? _other;
    private TableLocation _table;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _worker.DisposeAsync();
        if (_other is not null) await _other.DisposeAsync();
        await _manager.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_table_whose_file_is_broken_can_be_dropped_and_made_anew(bool isOperator)
    {
        await StartBrokenAsync();
        await Assert.ThrowsAsync<CorruptTableException>(() => _worker.CreateAsync("accounts").WaitAsync(Patience));
        if (isOperator) await RunAsync(ExitCode.Success, "drop", "accounts");
        else await _worker.DropAsync("accounts").WaitAsync(Patience);
        await RunningManager.UntilAsync(() => !File.Exists(_table.Path) && !File.Exists(_table.DefinitionPath));
        await RunAsync(ExitCode.Success, "health");
        await _worker.CreateAsync("accounts").WaitAsync(Patience);
        await RequireRowAsync(isThere: false);
    }

    [Fact]
    public async Task A_table_that_is_made_anew_when_it_is_dropped_is_so_when_its_file_is_broken()
    {
        await StartBrokenAsync(Recreated);
        await _worker.DropAsync("accounts").WaitAsync(Patience);
        await RequireRowAsync(isThere: false);
    }

    [Fact]
    public async Task A_broken_file_that_is_removed_by_hand_leaves_the_name_free_and_no_definition()
    {
        await StartBrokenAsync();
        File.Delete(_table.Path);
        await RunAsync(ExitCode.Success, "health");
        Assert.False(File.Exists(_table.DefinitionPath));
        await RequireNoneAsync();
        await _worker.CreateAsync("accounts").WaitAsync(Patience);
        await RequireRowAsync(isThere: false);
    }

    [Fact]
    public async Task A_configured_table_is_made_when_the_configuration_is_read_again_after_its_broken_file_was_removed()
    {
        await StartBrokenAsync();
        File.Delete(_table.Path);
        await _manager.ReconfigureAsync("""{"tables":[{"id":"accounts"}]}""");
        await RequireRowAsync(isThere: false);
    }

    [Fact]
    public async Task A_good_file_in_the_place_of_a_broken_one_is_served_with_its_rows_to_the_next_who_asks()
    {
        await StartBrokenAsync();
        await Assert.ThrowsAsync<CorruptTableException>(() => _worker.OwnAsync<string, long>("accounts").WaitAsync(Patience));
        TableFileDamage.PutBack(_table.Path);
        await RequireRowAsync(isThere: true);
    }

    [Fact]
    public async Task A_name_that_a_broken_file_has_is_taken_for_a_load_and_for_a_rename()
    {
        await StartBrokenAsync();
        await Assert.ThrowsAsync<TableExistsException>(() => LoadAsync().WaitAsync(Patience));
        await _worker.CreateAsync("other").WaitAsync(Patience);
        await Assert.ThrowsAsync<TableExistsException>(() => _worker.RenameAsync("other", "accounts").WaitAsync(Patience));
        await _worker.DropAsync("accounts").WaitAsync(Patience);
        await (await LoadAsync().WaitAsync(Patience)).DisposeAsync();
        await _worker.DropAsync("accounts").WaitAsync(Patience);
        await _worker.RenameAsync("other", "accounts").WaitAsync(Patience);
    }

    [Fact]
    public async Task A_table_that_was_disabled_while_it_was_handed_over_is_handed_over_when_the_cause_is_gone()
    {
        await StartFailingAsync(failures: 2);
        await Assert.ThrowsAsync<CorruptTableException>(() => _worker.OwnAsync<string, long>("accounts").WaitAsync(Patience));
        await _other!.DisposeAsync();
        await RequireRowAsync(isThere: true);
    }

    [Fact]
    public async Task A_table_that_was_disabled_while_it_was_handed_over_can_be_dropped()
    {
        await StartFailingAsync(failures: int.MaxValue);
        await _worker.DropAsync("accounts").WaitAsync(Patience);
        await RequireNoneAsync();
    }

    [LinuxFact("elsewhere a file that is mapped stays")]
    public async Task A_table_that_was_disabled_while_it_was_handed_over_is_gone_with_its_file()
    {
        await StartFailingAsync(failures: 1);
        using var reader = EtsTable.Open<string, long>("accounts", _manager.OpenOptions);
        File.Delete(_table.Path);
        await _worker.CreateAsync("accounts").WaitAsync(Patience);
        Assert.Throws<TableDroppedException>(() => reader.TryGet("alice", out _));
    }

    /// <summary>A manager that finds something else in the place of a table's file, and a worker of it.</summary>
    private async Task StartBrokenAsync(string configuration = """{"tables":[{"id":"accounts"}]}""")
    {
        await MakeTableAsync(configuration);
        TableFileDamage.Replace(_table.Path);
        await RestartAsync(reach: null);
    }

    /// <summary>A manager that fails at offering a table, some times.</summary>
    private async Task StartFailingAsync(int failures)
    {
        await MakeTableAsync("""{"tables":[{"id":"accounts"}]}""");
        var left = failures;
        await RestartAsync(step =>
        {
            if (step == ManagerStep.OfferMade && left-- > 0) throw new IOException($"The disk failed at {left}.");
        });
        _other = await _manager.ConnectAsync();
        _ = _other.OwnAsync<string, long>("accounts");
        await RunningManager.UntilAsync(() => left < failures);
    }

    private async Task MakeTableAsync(string configuration)
    {
        _manager = await RunningManager.StartAsync(configuration);
        await using (var worker = await _manager.ConnectAsync())
        await using (var table = await worker.OwnAsync<string, long>("accounts").WaitAsync(Patience))
        {
            table.Insert("alice", 100);
            await table.SaveAsync(Saved, new EtsSaveOptions { Sync = false }).WaitAsync(Patience);
        }
        await _manager.StopAsync();
        _table = Assert.Single(_manager.Directory.FindTables("accounts"));
    }

    private async Task RestartAsync(Action<ManagerStep>? reach)
    {
        _manager = await RunningManager.StartAsync(root: _manager.Root, reach: reach);
        _worker = await _manager.ConnectAsync();
    }

    private string Saved => Path.Join(_manager.Root, "saved.etsfile");

    private Task<EtsTable<string, long>> LoadAsync() => _worker.LoadAsync<string, long>(Saved);

    private async Task RequireRowAsync(bool isThere)
    {
        await using var table = await _worker.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        Assert.Equal(isThere, table.TryGet("alice", out _));
    }

    private async Task RequireNoneAsync() => await Assert.ThrowsAsync<TableNotFoundException>(() => _worker.DropAsync("accounts").WaitAsync(Patience));

    private async Task RunAsync(int expected, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await EtsPersistProgram.RunAsync([.. arguments, "--dir", _manager.Root], output, error);
        Assert.True(code == expected, $"{output}{error}");
    }
}
