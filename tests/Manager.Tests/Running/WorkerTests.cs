using System.Text;

namespace EtsPersist.Mmf.Manager.Tests.Running;

public sealed class WorkerTests
{
    private const string Accounts = """{"tables":[{"id":"accounts","findMe":{"role":"billing","rule":"oldest"},"giftData":{"answer": 42}}]}""";
    private static readonly TimeSpan Patience = RunningManager.Patience;

    [Fact]
    public async Task A_configured_table_is_handed_to_the_first_worker_with_its_gift()
    {
        await using var manager = await RunningManager.StartAsync(Accounts);
        await using var worker = await manager.ConnectAsync();
        await using var table = await worker.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        table.Insert("alice", 100);
        Assert.True(table.TryGet("alice", out var balance));
        Assert.Equal(100, balance);
        Assert.Equal((TransferReason.Created, 1u, null), (table.Transfer!.Reason, table.Transfer.Epoch, table.Transfer.From));
        Assert.Equal("""{"answer": 42}""", Encoding.UTF8.GetString(table.Transfer.GiftData.Span));
    }

    [Fact]
    public async Task A_released_table_goes_to_the_next_worker_with_all_its_rows()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var first = await manager.ConnectAsync();
        await using var second = await manager.ConnectAsync();
        var table = await first.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        table.Insert("alice", 100);
        var waiting = second.OwnAsync<string, long>("accounts");
        await table.DisposeAsync();
        await using var handed = await waiting.WaitAsync(Patience);
        Assert.True(handed.TryGet("alice", out _));
        Assert.Equal(
            (TransferReason.Released, 2u, new PreviousOwner(Environment.ProcessId, "billing")),
            (handed.Transfer!.Reason, handed.Transfer.Epoch, handed.Transfer.From));
    }

    [Fact]
    public async Task A_worker_that_ends_releases_its_tables()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var second = await manager.ConnectAsync();
        var first = await manager.ConnectAsync();
        await first.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        var waiting = second.OwnAsync<string, long>("accounts");
        await first.DisposeAsync();
        await using var handed = await waiting.WaitAsync(Patience);
        Assert.Equal(TransferReason.Released, handed.Transfer!.Reason);
    }

    [Fact]
    public async Task A_table_may_be_waited_for_before_it_exists()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var early = await manager.ConnectAsync();
        await using var creator = await manager.ConnectAsync();
        var waiting = early.OwnAsync<string, long>("accounts");
        var creating = creator.OwnAsync<string, long>("accounts", EtsTableOptions.Default);
        await using var handed = await (await Task.WhenAny(waiting, creating).WaitAsync(Patience));
        Assert.Equal(TransferReason.Created, handed.Transfer!.Reason);
    }

    [Fact]
    public async Task Tables_that_are_asked_for_by_the_hundred_in_one_moment_all_come()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var worker = await manager.ConnectAsync();
        var options = EtsTableOptions.Default with { MaximumBytes = 16 << 20 };
        Task[] coming = [.. Enumerable.Range(0, 200).Select(number => worker.OwnAsync<string, long>($"table-{number}", options))];
        await Task.WhenAll(coming).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_cancelled_wait_is_over_and_the_table_goes_to_others()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var owner = await manager.ConnectAsync();
        await using var impatient = await manager.ConnectAsync();
        await using var patient = await manager.ConnectAsync();
        var table = await owner.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        using var cancelling = new CancellationTokenSource();
        var cancelled = impatient.OwnAsync<string, long>("accounts", cancelling.Token);
        var waiting = patient.OwnAsync<string, long>("accounts");
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience));
        await table.DisposeAsync();
        await (await waiting.WaitAsync(Patience)).DisposeAsync();
    }

    [Fact]
    public async Task A_worker_of_another_role_is_refused_with_both_roles_named()
    {
        await using var manager = await RunningManager.StartAsync(Accounts);
        await using var worker = await manager.ConnectAsync("shipping");
        var error = await Assert.ThrowsAsync<ManagerRefusedException>(() => worker.OwnAsync<string, long>("accounts").WaitAsync(Patience));
        Assert.Contains("'billing'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'shipping'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_other_types_are_refused_and_the_table_goes_on_to_the_next_worker()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var owner = await manager.ConnectAsync();
        await using var other = await manager.ConnectAsync();
        var table = await owner.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        table.Insert("alice", 1);
        var waiting = other.OwnAsync<Guid, string>("accounts");
        await table.DisposeAsync();
        await Assert.ThrowsAsync<TableSchemaException>(() => waiting.WaitAsync(Patience));
        await using var again = await owner.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        Assert.Equal(1, again.Count);
    }

    [Fact]
    public async Task A_table_of_another_access_is_not_changed_by_who_asks_for_it()
    {
        await using var manager = await RunningManager.StartAsync(Accounts);
        await using var worker = await manager.ConnectAsync();
        var options = new EtsTableOptions { Access = TableAccess.Public };
        await Assert.ThrowsAsync<TableExistsException>(() => worker.OwnAsync<string, long>("accounts", options).WaitAsync(Patience));
        await using var table = await worker.OwnAsync<string, long>("Accounts").WaitAsync(Patience);
        Assert.Equal(TableAccess.Protected, table.Access);
    }

    [Fact]
    public async Task Another_manager_takes_over_while_the_owner_writes_on()
    {
        var manager = await RunningManager.StartAsync();
        await using var owner = await manager.ConnectAsync();
        await using var successor = await manager.ConnectAsync();
        var table = await owner.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        var waiting = successor.OwnAsync<string, long>("accounts");
        await manager.StopAsync();
        table.Insert("alice", 100);
        await using var next = await RunningManager.StartAsync(root: manager.Root);
        table.Insert("bob", 200);
        await table.DisposeAsync();
        await using var handed = await waiting.WaitAsync(Patience);
        Assert.Equal(2, handed.Count);
        Assert.Equal(2u, handed.Transfer!.Epoch);
    }

    [Fact]
    public async Task A_configuration_that_is_read_again_adds_tables_and_changes_the_next_gift()
    {
        await using var manager = await RunningManager.StartAsync(Accounts);
        await manager.ReconfigureAsync("""{"tables":[{"id":"accounts","giftData":43},{"id":"ledger"}]}""");
        await using var worker = await manager.ConnectAsync("shipping");
        await using var accounts = await worker.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        Assert.Equal("43", Encoding.UTF8.GetString(accounts.Transfer!.GiftData.Span));
        await using var ledger = await worker.OwnAsync<string, long>("ledger").WaitAsync(Patience);
    }

    [Fact]
    public async Task A_table_dropped_by_its_owner_is_gone_and_may_be_made_again()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var worker = await manager.ConnectAsync();
        await using var table = await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        await worker.DropAsync("accounts").WaitAsync(Patience);
        Assert.Throws<TableDroppedException>(() => table.Insert("alice", 1));
        if (!OperatingSystem.IsWindows()) Assert.Empty(Directory.GetFiles(manager.Directory.TablesPath)); // there it stays while it is mapped, as it is here
        await table.DisposeAsync();
        await using var again = await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        Assert.Equal((0, 1u), (again.Count, again.Transfer!.Epoch));
    }

    [Fact]
    public async Task A_table_that_was_disposed_of_is_kept_in_memory_by_nobody_while_its_worker_lives()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var worker = await manager.ConnectAsync();
        var table = await WorkAsync(worker);
        await RunningManager.UntilAsync(() =>
        {
            GC.Collect();
            return !table.IsAlive;
        });
    }

    [Fact]
    public async Task Without_a_manager_the_error_says_how_to_start_one()
    {
        var options = new EtsWorkerOptions { Directory = RunningManager.NewRoot(), ConnectTimeout = TimeSpan.Zero };
        var error = await Assert.ThrowsAsync<ManagerNotRunningException>(() => EtsWorker.ConnectAsync("billing", options).WaitAsync(Patience));
        Assert.Contains($"etspersist run --dir {options.Directory}", error.Message, StringComparison.Ordinal);
    }

    private static async Task<WeakReference> WorkAsync(EtsWorker worker)
    {
        await using var table = await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        table.Insert("alice", 100);
        return new WeakReference(table);
    }
}
