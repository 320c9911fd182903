using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

public sealed class ReturningWorkerTests
{
    private const string Accounts = """{"tables":[{"id":"accounts","findMe":{"role":"billing"}}]}""";

    private const uint Epoch = 1;

    /// <summary>All are of this process; the table is looked at when one of its workers comes, whichever of them owned it.</summary>
    [Fact]
    public async Task What_a_worker_has_released_while_it_was_not_connected_goes_on_when_it_comes_back()
    {
        await using var manager = await RunningManager.StartAsync(Accounts);
        await using var owner = await RegisterAsync(manager);
        using var file = await OwnAsync(manager, owner);
        await using var waiting = await WaitAsync(manager);

        Assert.True(file.TryRelease(Epoch));
        await using var returned = await RegisterAsync(manager);
        await RequireReleasedToAsync(waiting);
    }

    /// <summary>As one does that is disposed and whose last words the end of the connection has cut off; it had claimed the table over an earlier one.</summary>
    [Fact]
    public async Task What_a_worker_has_released_and_could_not_say_any_more_goes_on_when_its_connection_ends()
    {
        await using var manager = await RunningManager.StartAsync(Accounts);
        await using var first = await RegisterAsync(manager);
        using var file = await OwnAsync(manager, first);
        var owner = await RegisterAsync(manager);
        await first.DisposeAsync();
        await using var waiting = await WaitAsync(manager);
        do await waiting.SendAsync(5, new ListWorkersMessage());
        while ((await waiting.ReadUntilAsync<WorkerListMessage>()).Workers.Count > 2); // until the first has gone

        Assert.True(file.TryRelease(Epoch));
        await owner.DisposeAsync();
        await RequireReleasedToAsync(waiting);
    }

    /// <summary>Owns the table, which nobody has owned before.</summary>
    private static async Task<TableFile> OwnAsync(RunningManager manager, RawClient owner)
    {
        await owner.SendAsync(3, new ClaimMessage("accounts", 0));
        var offer = await owner.ReadUntilAsync<OfferMessage>();
        var file = TableFile.Open(manager.Directory.Locate(offer.FileName).Path, writable: true);
        Assert.True(file.TryAccept(offer.Epoch));
        Assert.Equal(Epoch, offer.Epoch);
        await owner.SendAsync(0, new AcceptedMessage("accounts", offer.Epoch));
        return file;
    }

    /// <summary>A worker that waits for the table, which is owned.</summary>
    private static async Task<RawClient> WaitAsync(RunningManager manager)
    {
        var waiting = await RegisterAsync(manager);
        await waiting.SendAsync(3, new ClaimMessage("accounts", 0));
        await waiting.SendAsync(4, new DescribeTableMessage("accounts")); // answered when the claim has been looked at
        Assert.Equal(OwnershipState.Owned, Assert.Single((await waiting.ReadUntilAsync<TableListMessage>()).Tables).State);
        return waiting;
    }

    private static async Task RequireReleasedToAsync(RawClient waiting)
    {
        var next = await waiting.ReadUntilAsync<OfferMessage>();
        Assert.Equal((TransferReason.Released, Epoch + 1), (next.Reason, next.Epoch));
    }

    private static async Task<RawClient> RegisterAsync(RunningManager manager)
    {
        var client = await RawClient.ConnectAsync(manager);
        await client.GreetAsync();
        await client.SendAsync(2, new RegisterMessage("billing", 0, []));
        await client.ReadAsync<DoneMessage>();
        return client;
    }
}
