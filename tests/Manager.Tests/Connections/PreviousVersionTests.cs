using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>A client of version 1, as it was recorded: its bytes are sent as they are.</summary>
public sealed class PreviousVersionTests
{
    private const string Hello = "21000000 96 01 01 01 01 b545747350657273697374 2e4d6d662e436c69656e74 a5302e312e30";
    private const string Register = "0d000000 95 05 02 a762696c6c696e67 00 90";
    private const string Create = "1e000000 98 09 03 a86163636f756e7473 01 01 ce04000000 c40109 a762696c6c696e67";
    private const string Claim = "0d000000 94 06 04 a86163636f756e7473 00";
    private const string Drop = "0c000000 93 0f 05 a86163636f756e7473";

    [Fact]
    public async Task It_is_welcomed_in_its_version_and_gets_its_table()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var client = await RawClient.ConnectAsync(manager);
        await SendAsync(client, Hello);
        Assert.Equal(1, (await client.ReadAsync<WelcomeMessage>()).Version);
        await SendAsync(client, Register);
        await client.ReadAsync<DoneMessage>();
        await SendAsync(client, Create);
        Assert.True((await client.ReadAsync<TableCreatedMessage>()).IsNew);
        await SendAsync(client, Claim);
        var offer = await client.ReadUntilAsync<OfferMessage>();
        Assert.Equal((1U, TransferReason.Created, "accounts"), (offer.Epoch, offer.Reason, offer.Table));
        Assert.Equal([9], offer.GiftData.ToArray());
        await SendAsync(client, Drop);
        await client.ReadUntilAsync<DoneMessage>();
    }

    [Fact]
    public async Task A_table_that_is_given_to_it_unasked_is_declined_and_stays_with_the_giver()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var client = await RawClient.ConnectAsync(manager);
        await SendAsync(client, Hello);
        await client.ReadAsync<WelcomeMessage>();
        await SendAsync(client, Register);
        await client.ReadAsync<DoneMessage>();

        await using var owner = await manager.ConnectAsync();
        await using var table = await owner.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(RunningManager.Patience);
        var giving = owner.GiveAwayAsync("accounts", Environment.ProcessId); // whichever worker of the process registered first
        var offer = await client.ReadUntilAsync<OfferMessage>();
        await client.SendAsync(0, new DeclinedMessage(offer.Table, offer.Epoch, "The worker does not wait for it."));
        await Assert.ThrowsAsync<TransferRejectedException>(() => giving.WaitAsync(RunningManager.Patience));
        table.Insert("alice", 100);
    }

    private static Task SendAsync(RawClient client, string hex)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(bytes.Length - FrameLimits.HeaderBytes, BitConverter.ToInt32(bytes));
        return client.SendAsync(bytes);
    }
}
