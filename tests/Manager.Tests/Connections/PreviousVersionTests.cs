using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>Workers of version 1 of the protocol are served by the bytes that they sent and understood.</summary>
public sealed class PreviousVersionTests
{
    private const string Hello = "21000000 96 01 01 01 01 b545747350657273697374 2e4d6d662e436c69656e74 a5302e312e30";
    private const string Register = "0d000000 95 05 02 a762696c6c696e67 00 90";

    [Fact]
    public async Task A_recorded_session_is_served_as_its_own_manager_served_it()
    {
        const string Configuration = """{"tables":[{"id":"parcels","findMe":{"role":"shipping","rule":"oldest"}}]}""";
        await using var manager = await RunningManager.StartAsync(Configuration);
        await using (var worker = new RecordedWorker(manager)) await worker.PlayAsync(RecordedSession.Read("version-1.txt"));
        await RunningManager.UntilAsync(() => !manager.Directory.FindTables("accounts").Any());
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
