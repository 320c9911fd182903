using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Manager.Tests.Connections;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Running;

public sealed class AdministrationTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private RunningManager _manager = null!;
    private EtsWorker _worker = null!;

    public async Task InitializeAsync()
    {
        _manager = await RunningManager.StartAsync();
        _worker = await _manager.ConnectAsync();
    }

    public async Task DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _manager.DisposeAsync();
    }

    [Fact]
    public async Task Creating_a_table_that_exists_fails_and_leaves_it_as_it_is()
    {
        await _worker.CreateAsync("accounts").WaitAsync(Patience);
        await using var table = await OwnAsync("Accounts");
        table.Insert("alice", 100);
        var error = await Assert.ThrowsAsync<TableExistsException>(() => _worker.CreateAsync("ACCOUNTS", new EtsTableOptions { Access = TableAccess.Public }).WaitAsync(Patience));
        Assert.Contains("'accounts'", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, TableAccess.Protected), (table.Count, table.Access));
    }

    [Fact]
    public async Task A_created_table_is_there_when_the_call_returns()
    {
        Assert.False(EtsInstance.TryFind("accounts", out _, _manager.OpenOptions));
        await _worker.CreateAsync("accounts").WaitAsync(Patience);
        Assert.True(EtsInstance.TryFind("accounts", out var id, _manager.OpenOptions));
        Assert.Equal(["accounts"], EtsInstance.ListTables(_manager.OpenOptions));
        await _worker.DropAsync("accounts").WaitAsync(Patience);
        await _worker.CreateAsync("accounts").WaitAsync(Patience);
        Assert.True(EtsInstance.TryFind("accounts", out var later, _manager.OpenOptions));
        Assert.NotEqual(id, later);
        Assert.True(later.Incarnation > id.Incarnation);
    }

    [Fact]
    public async Task A_renamed_table_is_found_by_its_new_name_only_and_open_handles_go_on()
    {
        await using var table = await OwnAsync("accounts");
        table.Insert("alice", 100);
        using var reader = EtsTable.Open<string, long>("accounts", _manager.OpenOptions);
        EtsInstance.TryFind("accounts", out var before, _manager.OpenOptions);
        await _worker.RenameAsync("accounts", "balances").WaitAsync(Patience);

        Assert.Throws<TableNotFoundException>(() => EtsTable.Open<string, long>("accounts", _manager.OpenOptions));
        Assert.True(EtsInstance.TryFind("balances", out var after, _manager.OpenOptions));
        Assert.Equal(before, after);
        table.Insert("bob", 200);
        Assert.True(reader.TryGet("bob", out _));
        Assert.Equal(("balances", "balances"), (table.Name, reader.Name));

        await using var other = await OwnAsync("accounts");
        Assert.Equal(0, other.Count);
    }

    [Fact]
    public async Task A_name_that_was_given_away_taken_back_and_dropped_can_be_waited_for()
    {
        await _worker.CreateAsync("accounts").WaitAsync(Patience);
        await _worker.RenameAsync("accounts", "balances").WaitAsync(Patience);
        await _worker.RenameAsync("balances", "accounts").WaitAsync(Patience);
        await _worker.DropAsync("accounts").WaitAsync(Patience);
        await using var successor = await _manager.ConnectAsync();
        var waiting = successor.OwnAsync<string, long>("accounts");
        await _worker.CreateAsync("accounts").WaitAsync(Patience);
        await using var table = await waiting.WaitAsync(Patience);
        Assert.Equal("accounts", table.Name);
    }

    [Fact]
    public async Task A_renamed_table_is_handed_over_under_its_new_name()
    {
        await using var successor = await _manager.ConnectAsync();
        var table = await OwnAsync("accounts");
        table.Insert("alice", 100);
        await _worker.RenameAsync("accounts", "balances").WaitAsync(Patience);
        var waiting = successor.OwnAsync<string, long>("balances");
        await table.DisposeAsync();
        await using var handed = await waiting.WaitAsync(Patience);
        Assert.Equal((1, "balances", TransferReason.Released), (handed.Count, handed.Transfer!.Table, handed.Transfer.Reason));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused_and_nothing_has_changed()
    {
        await _worker.CreateAsync("accounts").WaitAsync(Patience);
        await _worker.CreateAsync("balances").WaitAsync(Patience);
        await Assert.ThrowsAsync<TableExistsException>(() => _worker.RenameAsync("accounts", "Balances").WaitAsync(Patience));
        await Assert.ThrowsAsync<TableExistsException>(() => _worker.RenameAsync("accounts", "accounts").WaitAsync(Patience));
        await Assert.ThrowsAsync<TableNotFoundException>(() => _worker.RenameAsync("orders", "shipped").WaitAsync(Patience));
        Assert.Throws<InvalidNameException>(() => { _ = _worker.RenameAsync("accounts", "a/b"); });
        Assert.Equal(["accounts", "balances"], EtsInstance.ListTables(_manager.OpenOptions));
        await _worker.CreateAsync("shipped").WaitAsync(Patience);
    }

    [LinuxFact("Windows keeps a file that is mapped")]
    public async Task A_table_whose_file_was_removed_by_hand_is_not_renamed_and_the_connection_goes_on()
    {
        await _worker.CreateAsync("accounts").WaitAsync(Patience);
        File.Delete(Assert.Single(_manager.Directory.AllTables()).Path);
        var error = await Assert.ThrowsAsync<TableNotFoundException>(() => _worker.RenameAsync("accounts", "balances").WaitAsync(Patience));
        Assert.Contains("accounts.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Drop the table", error.Message, StringComparison.Ordinal);
        Assert.Equal("accounts", Assert.Single(await _worker.ListTablesAsync().WaitAsync(Patience)).Name);
        Assert.DoesNotContain(_manager.Directory.AllDefinitions(), definition => definition.Name == "balances");
        await _worker.DropAsync("accounts").WaitAsync(Patience);
        await _worker.CreateAsync("balances").WaitAsync(Patience);
    }

    [Fact]
    public async Task A_table_that_the_file_system_does_not_rename_is_refused_with_the_cause_and_the_remedy()
    {
        await _worker.CreateAsync("accounts").WaitAsync(Patience);
        var location = Assert.Single(_manager.Directory.AllTables());
        Directory.CreateDirectory(_manager.Directory.Locate("balances", location.Incarnation).Path);
        var error = await Assert.ThrowsAsync<ManagerRefusedException>(() => _worker.RenameAsync("accounts", "balances").WaitAsync(Patience));
        Assert.Contains($"'{location.Path}' cannot be renamed", error.Message, StringComparison.Ordinal);
        Assert.Equal("accounts", Assert.Single(await _worker.ListTablesAsync().WaitAsync(Patience)).Name);
        await _worker.RenameAsync("accounts", "orders").WaitAsync(Patience);
    }

    [Fact]
    public async Task A_renamed_table_keeps_its_definition_through_the_next_manager()
    {
        var options = new EtsTableOptions { GiftData = new byte[] { 7 }, FindMe = FindMeRule.Newest };
        await (await OwnAsync("accounts", options)).DisposeAsync();
        await _worker.RenameAsync("accounts", "balances").WaitAsync(Patience);
        await _manager.StopAsync();
        await using var next = await RunningManager.StartAsync(root: _manager.Root);
        Assert.Equal(["balances", "balances"], Directory.GetFiles(next.Directory.TablesPath).Select(path => Path.GetFileName(path).Split('.')[0]));
        await using var table = await OwnAsync("balances");
        Assert.Equal([7], table.Transfer!.GiftData.ToArray());
    }

    [Fact]
    public async Task A_change_of_access_reaches_processes_that_have_the_table_open()
    {
        await using var table = await OwnAsync("accounts");
        table.Insert("alice", 100);
        using var reader = EtsTable.Open<string, long>("accounts", _manager.OpenOptions);
        await _worker.SetAccessAsync("accounts", TableAccess.Private).WaitAsync(Patience);
        Assert.Throws<TableAccessException>(() => reader.TryGet("alice", out _));
        await _worker.SetAccessAsync("accounts", TableAccess.Public).WaitAsync(Patience);
        using (var writer = EtsTable.Open<string, long>("accounts", _manager.OpenOptions))
        {
            writer.Insert("bob", 200);
            await _worker.SetAccessAsync("accounts", TableAccess.Protected).WaitAsync(Patience);
            Assert.Throws<NotOwnerException>(() => writer.Insert("carol", 300));
        }
        Assert.Equal(2, reader.Count);
        Assert.Equal(TableAccess.Protected, (await _worker.FindTableAsync("accounts").WaitAsync(Patience))!.Access);
        await Assert.ThrowsAsync<NotOwnerException>(async () => await _worker.SetAccessAsync("orders", TableAccess.Public));
    }

    [Fact]
    public async Task Lists_and_descriptions_tell_who_owns_what()
    {
        await using var table = await OwnAsync("accounts");
        table.Insert("alice", 100);
        await _worker.CreateAsync("orders", new EtsTableOptions { Kind = TableKind.OrderedSet, Access = TableAccess.Public }).WaitAsync(Patience);
        await _worker.SetHeirAsync("accounts", Environment.ProcessId).WaitAsync(Patience);
        var tables = await _worker.ListTablesAsync().WaitAsync(Patience);
        Assert.Equal(["accounts", "orders"], tables.Select(info => info.Name));
        Assert.Equal((OwnershipState.Owned, 1U, 1L), (tables[0].State, tables[0].Epoch, tables[0].Rows));
        Assert.Equal((new EtsOwner(Environment.ProcessId, "billing"), new EtsHeir(Environment.ProcessId, 0)), (tables[0].Owner, tables[0].Heir));
        Assert.Equal((TableKind.OrderedSet, TableAccess.Public, null, "billing"), (tables[1].Kind, tables[1].Access, tables[1].Owner, tables[1].Role));
        Assert.True(tables[1].BytesReserved > 0);
        Assert.Equal(tables[0], await _worker.FindTableAsync("ACCOUNTS").WaitAsync(Patience));
        Assert.Null(await _worker.FindTableAsync("nothing").WaitAsync(Patience));
    }

    [Fact]
    public async Task Workers_are_listed_with_what_they_have_and_what_they_wait_for()
    {
        await using var other = await _manager.ConnectAsync("shipping");
        await using var table = await OwnAsync("accounts");
        var waiting = other.OwnAsync<string, long>("parcels");
        IReadOnlyList<EtsWorkerInfo> workers;
        do
        {
            workers = await _worker.ListWorkersAsync().WaitAsync(Patience);
        }
        while (workers[1].Waiting == 0);
        Assert.Equal([(_worker.Id, "billing"), (other.Id, "shipping")], workers.Select(worker => (worker.Id, worker.Role)));
        Assert.All(workers, worker => Assert.Equal((Environment.ProcessId, 1), (worker.ProcessId, worker.Owned)));
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Names_that_are_only_waited_for_keep_no_list_from_the_tables_behind_them()
    {
        await _worker.CreateAsync("z").WaitAsync(Patience);
        await using var other = await RawClient.ConnectAsync(_manager);
        await other.GreetAsync();
        await other.SendAsync(2, new RegisterMessage("billing", 0, []) { WorkerId = 7 });
        for (uint number = 0; number <= TableListMessage.PageSize; number++) await other.SendAsync(3 + number, new ClaimMessage($"missing-{number}", 0));
        IReadOnlyList<EtsWorkerInfo> workers;
        do
        {
            workers = await _worker.ListWorkersAsync().WaitAsync(Patience);
        }
        while (workers.Count < 2 || workers[1].Waiting <= TableListMessage.PageSize);
        Assert.Equal("z", Assert.Single(await _worker.ListTablesAsync().WaitAsync(Patience)).Name);
        using (var connection = OperatorConnection.Connect(_manager.Directory, Patience)) Assert.Equal("z", Assert.Single(connection.ListTables()).Table);
    }

    [Fact]
    public async Task A_local_table_is_everybodys_to_write_and_nobodys_to_own()
    {
        var options = new EtsTableOptions { IsLocal = true, Access = TableAccess.Public };
        await _worker.CreateAsync("settings", options).WaitAsync(Patience);
        var error = await Assert.ThrowsAsync<ManagerRefusedException>(() => OwnAsync("settings", options));
        Assert.Contains("stays with the manager", error.Message, StringComparison.Ordinal);
        Assert.True((await _worker.FindTableAsync("settings").WaitAsync(Patience))!.IsLocal);
        Assert.Throws<ArgumentException>(() => { _ = _worker.CreateAsync("other", new EtsTableOptions { IsLocal = true }); });
        await _manager.StopAsync();
        await using var next = await RunningManager.StartAsync(root: _manager.Root);
        await Assert.ThrowsAsync<ManagerRefusedException>(() => OwnAsync("settings", options));
    }

    [Fact]
    public async Task A_caller_waits_for_an_owner_and_no_longer_than_it_said()
    {
        await Assert.ThrowsAsync<TableNotReadyException>(() => EtsInstance.WaitForOwnerAsync("accounts", TimeSpan.Zero, _manager.OpenOptions));
        var waiting = EtsInstance.WaitForOwnerAsync("accounts", Patience, _manager.OpenOptions);
        await using var table = await OwnAsync("accounts");
        await waiting.WaitAsync(Patience);
        await _worker.ReleaseAsync("accounts").WaitAsync(Patience);
        await Assert.ThrowsAsync<TableNotReadyException>(() => EtsInstance.WaitForOwnerAsync("accounts", TimeSpan.FromMilliseconds(5), _manager.OpenOptions));
    }

    private Task<EtsTable<string, long>> OwnAsync(string name, EtsTableOptions? options = null) =>
        _worker.OwnAsync<string, long>(name, options ?? EtsTableOptions.Default).WaitAsync(Patience);
}
