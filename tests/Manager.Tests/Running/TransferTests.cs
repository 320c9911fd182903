using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Running;

public sealed class TransferTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private static readonly byte[] Gift = [1, 0, 2];
    private RunningManager _manager = null!;
    private EtsWorker _owner = null!;
    private EtsWorker _other = null!;

    public async Task InitializeAsync()
    {
        _manager = await RunningManager.StartAsync();
        _owner = await _manager.ConnectAsync();
        _other = await _manager.ConnectAsync("shipping");
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _owner.DisposeAsync();
        await _manager.DisposeAsync();
    }

    [Fact]
    public async Task A_table_given_to_a_worker_is_its_own_before_the_call_returns_though_it_did_not_wait()
    {
        await using var table = await OwnAsync();
        table.Insert("alice", 100);
        await _owner.GiveAwayAsync("accounts", Named(_other), Gift).WaitAsync(Patience);
        var info = await _owner.FindTableAsync("accounts").WaitAsync(Patience);
        Assert.Equal((2U, "shipping"), (info!.Epoch, info.Owner!.Role));
        Assert.Throws<NotOwnerException>(() => table.Insert("bob", 200));
        Assert.True(table.TryGet("alice", out _));

        var transfer = await _other.NextTransferAsync().AsTask().WaitAsync(Patience);
        Assert.Equal(
            ("accounts", TransferReason.GivenAway, 2U, new PreviousOwner(Environment.ProcessId, "billing")),
            (transfer.Table, transfer.Reason, transfer.Epoch, transfer.From));
        Assert.Equal(Gift, transfer.GiftData.ToArray());
        await using var given = await _other.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        given.Insert("bob", 200);
        Assert.Equal(2, table.Count);
        Assert.Equal(transfer, given.Transfer);
    }

    [Fact]
    public async Task A_table_given_to_a_worker_that_waits_for_it_completes_its_wait()
    {
        await using var next = await _manager.ConnectAsync();
        await using var table = await OwnAsync();
        var first = _other.OwnAsync<string, long>("others");
        var waiting = next.OwnAsync<string, long>("accounts");
        await WaitForClaimAsync(next);
        await _owner.GiveAwayAsync("accounts", Named(next)).WaitAsync(Patience);
        await using var given = await waiting.WaitAsync(Patience);
        Assert.Equal(TransferReason.GivenAway, given.Transfer!.Reason);
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task A_table_that_has_come_unasked_is_released_for_an_operator()
    {
        await using var next = await _manager.ConnectAsync();
        await using var table = await OwnAsync();
        await _owner.GiveAwayAsync("accounts", Named(_other)).WaitAsync(Patience);
        await _other.NextTransferAsync().AsTask().WaitAsync(Patience);
        var waiting = next.OwnAsync<string, long>("accounts");
        Operate(new OperateTableMessage("accounts", TableOperation.Release));
        await using var released = await waiting.WaitAsync(Patience);
        Assert.Equal((TransferReason.Released, 3U), (released.Transfer!.Reason, released.Transfer.Epoch));
    }

    [Fact]
    public async Task A_table_that_has_come_unasked_is_given_on_for_an_operator()
    {
        await using var next = await _manager.ConnectAsync("audit");
        await using var table = await OwnAsync();
        await _owner.GiveAwayAsync("accounts", Named(_other)).WaitAsync(Patience);
        await _other.NextTransferAsync().AsTask().WaitAsync(Patience);
        Operate(new OperateTableMessage("accounts", TableOperation.Give, WorkerId: next.Id));
        var transfer = await next.NextTransferAsync().AsTask().WaitAsync(Patience);
        Assert.Equal((TransferReason.GivenAway, 3U), (transfer.Reason, transfer.Epoch));
    }

    [Fact]
    public async Task What_cannot_be_given_stays_and_can_be_written()
    {
        await using var table = await OwnAsync();
        var nobody = new EtsSuccessor(0, 12345);
        await Assert.ThrowsAsync<TransferRejectedException>(() => _owner.GiveAwayAsync("accounts", nobody).WaitAsync(Patience));
        table.Insert("alice", 100);
        await Assert.ThrowsAsync<TransferRejectedException>(() => _owner.GiveAwayAsync("accounts", Named(_owner)).WaitAsync(Patience));
        table.Insert("bob", 200);
        await Assert.ThrowsAsync<NotOwnerException>(async () => await _other.GiveAwayAsync("accounts", Named(_owner)));
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = _owner.GiveAwayAsync("accounts", Named(_other), new byte[70_000]); });
        var info = await _owner.FindTableAsync("accounts").WaitAsync(Patience);
        Assert.Equal(("billing", 2L), (info!.Owner!.Role, info.Rows));
        await _owner.GiveAwayAsync("accounts", Named(_other)).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_table_goes_to_and_fro_and_none_of_its_rows_is_lost()
    {
        var table = await OwnAsync();
        for (var round = 0; round < 20; round++)
        {
            var (giver, taker) = round % 2 == 0 ? (_owner, _other) : (_other, _owner);
            table.Insert($"row {round}", round);
            await giver.GiveAwayAsync("accounts", Named(taker)).WaitAsync(Patience);
            await table.DisposeAsync();
            table = await taker.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        }
        Assert.Equal(20, table.Count);
        await table.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_manager_nothing_is_given_away_and_the_owner_writes_on()
    {
        await using var table = await OwnAsync();
        await _manager.StopAsync();
        await Assert.ThrowsAsync<ManagerNotRunningException>(() => _owner.GiveAwayAsync("accounts", Named(_other)).WaitAsync(Patience));
        table.Insert("alice", 100);
        await using var next = await RunningManager.StartAsync(root: _manager.Root);
        while ((await FindAsync())?.Owner is null)
        {
        }
        await _owner.GiveAwayAsync("accounts", Named(_other)).WaitAsync(Patience);

        async Task<EtsTableInfo?> FindAsync()
        {
            try
            {
                return (await _other.ListWorkersAsync().WaitAsync(Patience)).Count == 2 ? await _owner.FindTableAsync("accounts").WaitAsync(Patience) : null;
            }
            catch (ManagerNotRunningException)
            {
                return null; // not yet connected again
            }
        }
    }

    [Fact]
    public async Task What_is_left_with_a_release_reaches_the_next_owner_through_another_manager()
    {
        await using var table = await OwnAsync();
        await _owner.ReleaseAsync("accounts", Gift).WaitAsync(Patience);
        Assert.Throws<NotOwnerException>(() => table.Insert("alice", 100));
        await _manager.StopAsync();
        await using var next = await RunningManager.StartAsync(root: _manager.Root);
        await using var successor = await next.ConnectAsync();
        await using var handed = await successor.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        Assert.Equal((TransferReason.Released, new PreviousOwner(Environment.ProcessId, "billing")), (handed.Transfer!.Reason, handed.Transfer.From));
        Assert.Equal(Gift, handed.Transfer.GiftData.ToArray());
    }

    [Fact]
    public async Task Without_a_gift_of_its_owner_a_table_brings_its_own_and_with_an_empty_one_none()
    {
        await _owner.CreateAsync("accounts", new EtsTableOptions { GiftData = Gift }).WaitAsync(Patience);
        await using (await _owner.OwnAsync<string, long>("accounts").WaitAsync(Patience))
            await _owner.GiveAwayAsync("accounts", Named(_other)).WaitAsync(Patience);
        await using (var given = await _other.OwnAsync<string, long>("accounts").WaitAsync(Patience))
        {
            Assert.Equal(Gift, given.Transfer!.GiftData.ToArray());
            await _other.GiveAwayAsync("accounts", Named(_owner), ReadOnlyMemory<byte>.Empty).WaitAsync(Patience);
        }
        await using (var returned = await _owner.OwnAsync<string, long>("accounts").WaitAsync(Patience))
        {
            Assert.Equal((TransferReason.GivenAway, 0), (returned.Transfer!.Reason, returned.Transfer.GiftData.Length));
            await _owner.ReleaseAsync("accounts").WaitAsync(Patience);
        }
        await using var next = await _manager.ConnectAsync();
        await using var released = await next.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        Assert.Equal(TransferReason.Released, released.Transfer!.Reason);
        Assert.Equal(Gift, released.Transfer.GiftData.ToArray());
    }

    [Fact]
    public async Task An_heir_survives_give_aways_and_managers_until_an_owner_clears_it()
    {
        await using var table = await OwnAsync();
        await _owner.SetHeirAsync("accounts", Named(_other), Gift).WaitAsync(Patience);
        await using var third = await _manager.ConnectAsync();
        await _owner.GiveAwayAsync("accounts", Named(third)).WaitAsync(Patience);
        Assert.Equal(_other.Id, (await third.FindTableAsync("accounts").WaitAsync(Patience))!.Heir!.WorkerId);
        await Assert.ThrowsAsync<NotOwnerException>(async () => await _owner.ClearHeirAsync("accounts"));
        await _manager.StopAsync();
        await using var next = await RunningManager.StartAsync(root: _manager.Root);
        await using var observer = await next.ConnectAsync();
        Assert.Equal(new EtsHeir(Environment.ProcessId, _other.Id), (await observer.FindTableAsync("accounts").WaitAsync(Patience))!.Heir);
    }

    [Fact]
    public async Task An_heir_is_a_living_worker_of_the_instance()
    {
        await using var table = await OwnAsync();
        await Assert.ThrowsAsync<TransferRejectedException>(() => _owner.SetHeirAsync("accounts", new EtsSuccessor(1)).WaitAsync(Patience));
        Assert.Throws<ArgumentException>(() => { _ = _owner.SetHeirAsync("accounts", default); });
        await _owner.SetHeirAsync("accounts", Named(_other)).WaitAsync(Patience);
        await _owner.ClearHeirAsync("accounts").WaitAsync(Patience);
        Assert.Null((await _owner.FindTableAsync("accounts").WaitAsync(Patience))!.Heir);
    }

    [Fact]
    public async Task A_worker_that_ends_releases_what_was_given_to_it()
    {
        await using var table = await OwnAsync();
        await _owner.GiveAwayAsync("accounts", Named(_other)).WaitAsync(Patience);
        await table.DisposeAsync();
        var waiting = _owner.OwnAsync<string, long>("accounts");
        await _other.DisposeAsync();
        await using var back = await waiting.WaitAsync(Patience);
        Assert.Equal(TransferReason.Released, back.Transfer!.Reason);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _other.NextTransferAsync());
    }

    private void Operate(OperateTableMessage operation)
    {
        using var manager = OperatorConnection.Connect(_manager.Directory);
        manager.Operate(operation);
    }

    private Task<EtsTable<string, long>> OwnAsync() => _owner.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);

    private async Task WaitForClaimAsync(EtsWorker worker)
    {
        while ((await _owner.ListWorkersAsync().WaitAsync(Patience)).Single(info => info.Id == worker.Id).Waiting == 0)
        {
        }
    }

    private static EtsSuccessor Named(EtsWorker worker) => new(Environment.ProcessId, worker.Id);
}
