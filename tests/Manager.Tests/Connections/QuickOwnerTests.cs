using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

public sealed class QuickOwnerTests
{
    private const string Configuration = """{"tables":[{"id":"accounts","findMe":{"role":"billing"}}]}""";

    [Fact]
    public async Task An_owner_gives_its_table_away_before_the_manager_has_heard_that_it_accepted_it()
    {
        await using var manager = await RunningManager.StartAsync(Configuration);
        await using var next = await manager.ConnectAsync("shipping");
        await using var client = await RawClient.ConnectAsync(manager);
        var offer = await ClaimAsync(client);

        using var file = TableFile.Open(manager.Directory.Locate(offer.FileName).Path, writable: true);
        Assert.True(file.TryAccept(offer.Epoch));
        Assert.True(file.TryGiveAway(offer.Epoch, out var offered));
        await client.SendAsync(4, new GiveAwayMessage("accounts", offered.Epoch, Environment.ProcessId, 0, default)); // which this process's other worker is, too

        var transfer = await next.NextTransferAsync().AsTask().WaitAsync(RunningManager.Patience);
        Assert.Equal((TransferReason.GivenAway, offered.Epoch), (transfer.Reason, transfer.Epoch));
    }

    [Fact]
    public async Task An_owner_is_listed_with_its_table_before_it_says_that_it_accepted_it_and_without_it_before_it_says_that_it_released_it()
    {
        await using var manager = await RunningManager.StartAsync(Configuration);
        await using var client = await RawClient.ConnectAsync(manager);
        var offer = await ClaimAsync(client);
        using var file = TableFile.Open(manager.Directory.Locate(offer.FileName).Path, writable: true);

        Assert.True(file.TryAccept(offer.Epoch));
        Assert.Equal(1, await CountOwnedAsync(client));
        Assert.True(file.TryRelease(offer.Epoch));
        Assert.Equal(0, await CountOwnedAsync(client));
    }

    private static async Task<OfferMessage> ClaimAsync(RawClient client)
    {
        await client.GreetAsync();
        await client.SendAsync(2, new RegisterMessage("billing", 0, []));
        await client.SendAsync(3, new ClaimMessage("accounts", 0));
        return await client.ReadUntilAsync<OfferMessage>();
    }

    private static async Task<int> CountOwnedAsync(RawClient client)
    {
        await client.SendAsync(4, new ListWorkersMessage());
        return Assert.Single((await client.ReadUntilAsync<WorkerListMessage>()).Workers).Owned;
    }
}
