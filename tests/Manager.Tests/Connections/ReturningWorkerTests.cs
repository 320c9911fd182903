using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

public sealed class ReturningWorkerTests
{
    private const string Accounts = """{"tables":[{"id":"accounts","findMe":{"role":"billing"}}]}""";

    /// <summary>All are of this process; the table is looked at when one of its workers comes, whichever of them owned it.</summary>
    [Fact]
    public async Task What_a_worker_has_released_while_it_was_not_connected_goes_on_when_it_comes_back()
    {
        await using var manager = await RunningManager.StartAsync(Accounts);
        await using var owner = await RegisterAsync(manager);
        await owner.SendAsync(3, new ClaimMessage("accounts", 0));
        var offer = await owner.ReadUntilAsync<OfferMessage>();
        using var file = TableFile.Open(manager.Directory.Locate(offer.FileName).Path, writable: true);
        Assert.True(file.TryAccept(offer.Epoch));
        await owner.SendAsync(0, new AcceptedMessage("accounts", offer.Epoch));

        await using var waiting = await RegisterAsync(manager);
        await waiting.SendAsync(3, new ClaimMessage("accounts", 0));
        await waiting.SendAsync(4, new DescribeTableMessage("accounts")); // answered when the claim has been looked at
        Assert.Equal(OwnershipState.Owned, Assert.Single((await waiting.ReadUntilAsync<TableListMessage>()).Tables).State);

        Assert.True(file.TryRelease(offer.Epoch));
        await using var returned = await RegisterAsync(manager);
        var next = await waiting.ReadUntilAsync<OfferMessage>();
        Assert.Equal((TransferReason.Released, offer.Epoch + 1), (next.Reason, next.Epoch));
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
