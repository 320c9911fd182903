using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

public sealed class QuickOwnerTests
{
    [Fact]
    public async Task An_owner_gives_its_table_away_before_the_manager_has_heard_that_it_accepted_it()
    {
        await using var manager = await RunningManager.StartAsync("""{"tables":[{"id":"accounts","findMe":{"role":"billing"}}]}""");
        await using var next = await manager.ConnectAsync("shipping");
        await using var client = await RawClient.ConnectAsync(manager);
        await client.GreetAsync();
        await client.SendAsync(2, new RegisterMessage("billing", 0, []));
        await client.SendAsync(3, new ClaimMessage("accounts", 0));
        var offer = await ReadOfferAsync(client);

        using var file = TableFile.Open(manager.Directory.Locate(offer.FileName).Path, writable: true);
        Assert.True(file.TryAccept(offer.Epoch));
        Assert.True(file.TryGiveAway(offer.Epoch, out var offered));
        await client.SendAsync(4, new GiveAwayMessage("accounts", offered.Epoch, Environment.ProcessId, 0, default)); // which this process's other worker is, too

        var transfer = await next.NextTransferAsync().AsTask().WaitAsync(RunningManager.Patience);
        Assert.Equal((TransferReason.GivenAway, offered.Epoch), (transfer.Reason, transfer.Epoch));
    }

    private static async Task<OfferMessage> ReadOfferAsync(RawClient client)
    {
        while (true)
        {
            var payload = await client.ReadAsync();
            Assert.NotNull(payload);
            FieldReader.Open(payload, out var header);
            if (header.Type == OfferMessage.Type) return MessageCodec.Decode<OfferMessage>(payload, out _);
        }
    }
}
