using EtsPersist.Mmf.Peer.Workload;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.HandOver;

[Collection(ProcessTests.Name)]
public sealed class InheritanceTests : IDisposable
{
    private const string Table = "accounts";
    private static readonly byte[] Gift = [1, 0, 2];

    private readonly WorkedTable _instance = new();

    [Fact]
    [Trait("ets_SUITE", "heir")]
    public async Task A_killed_owner_that_was_given_the_table_is_followed_by_the_heir_of_the_giver_and_not_by_who_waits()
    {
        var manager = _instance.StartManager();
        await using var giver = await ConnectAsync("billing");
        await using var heir = await ConnectAsync("audit");
        await using var given = await giver.OwnAsync<string, AccountVersion1>(Table, EtsTableOptions.Default).WaitAsync(Wait.Limit);
        await giver.SetHeirAsync(Table, new EtsSuccessor(Environment.ProcessId, heir.Id), Gift).WaitAsync(Wait.Limit);
        var owner = _instance.StartWaitingWorker(manager);
        await giver.GiveAwayAsync(Table, owner.Id).WaitAsync(Wait.Limit);
        Assert.Equal(new Arrival(2, TransferReason.GivenAway, Environment.ProcessId, 0, 0), owner.WaitForArrival());

        _instance.StartWaitingWorker(manager);
        Wait.Until(() => owner.Acknowledged > 100, () => $"rows of the owner. {owner.Peer.Transcript()}");
        owner.Peer.Kill();
        var transfer = await heir.NextTransferAsync().AsTask().WaitAsync(Wait.Limit);
        Assert.Equal((TransferReason.Inherited, owner.Id, 3U), (transfer.Reason, transfer.From!.ProcessId, transfer.Epoch));
        Assert.Equal(Gift, transfer.GiftData.ToArray());
        await using var inherited = await heir.OwnAsync<string, AccountVersion1>(Table).WaitAsync(Wait.Limit);
        Assert.True(inherited.TryGet(AccountRows.KeyOf(owner.Acknowledged), out _));
    }

    [Fact]
    [Trait("ets_SUITE", "heir")]
    public async Task A_killed_heir_is_passed_over()
    {
        var manager = _instance.StartManager();
        await using var giver = await ConnectAsync("billing");
        await using var given = await giver.OwnAsync<string, AccountVersion1>(Table, EtsTableOptions.Default).WaitAsync(Wait.Limit);
        var heir = _instance.StartWaitingWorker(manager);
        var owner = _instance.StartWaitingWorker(manager);
        var waiting = _instance.StartWaitingWorker(manager);
        await giver.SetHeirAsync(Table, heir.Id, Gift).WaitAsync(Wait.Limit);
        heir.Peer.Kill();
        await Assert.ThrowsAsync<TransferRejectedException>(() => giver.GiveAwayAsync(Table, heir.Id).WaitAsync(Wait.Limit));
        await giver.GiveAwayAsync(Table, owner.Id).WaitAsync(Wait.Limit);
        owner.WaitForArrival();
        owner.Peer.Kill();
        var arrival = waiting.WaitForArrival();
        Assert.Equal((TransferReason.OwnerDied, owner.Id), (arrival.Reason, arrival.From));
    }

    public void Dispose() => _instance.Dispose();

    private Task<EtsWorker> ConnectAsync(string role) =>
        EtsWorker.ConnectAsync(role, new EtsWorkerOptions { Directory = _instance.Root, ConnectTimeout = Wait.Limit }).WaitAsync(Wait.Limit);
}
