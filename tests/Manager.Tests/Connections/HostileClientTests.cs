using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

public sealed class HostileClientTests
{
    private static readonly TimeSpan Patience = RunningManager.Patience;

    [Fact]
    public async Task A_frame_that_is_too_long_drops_the_connection_and_no_other()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var other = await RawClient.ConnectAsync(manager);
        await using var client = await RawClient.ConnectAsync(manager);
        await client.SendAsync([255, 255, 255, 127]);
        Assert.Null(await client.ReadAsync());
        await other.GreetAsync();
    }

    [Fact]
    public async Task What_is_no_message_pack_drops_the_connection()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var client = await RawClient.ConnectAsync(manager);
        await client.GreetAsync();
        await client.SendAsync([2, 0, 0, 0, 0xc1, 0xc1]);
        Assert.Null(await client.ReadAsync());
    }

    [Fact]
    public async Task A_client_that_speaks_no_common_version_is_told_both()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var client = await RawClient.ConnectAsync(manager);
        await client.SendAsync(1, new HelloMessage(90, 99, "future", "9"));
        var refused = await client.ReadAsync<RefusedMessage>();
        Assert.Equal(RefusalCode.UnsupportedVersion, refused.Code);
        Assert.Contains("90 to 99", refused.Text, StringComparison.Ordinal);
        Assert.Null(await client.ReadAsync());
    }

    [Fact]
    public async Task A_request_of_a_later_version_is_refused_and_the_connection_stays()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var client = await RawClient.ConnectAsync(manager);
        await client.GreetAsync();
        await client.SendAsync([4, 0, 0, 0, 0x93, 0x7e, 5, 0xc0]);
        Assert.Equal(RefusalCode.UnknownRequest, (await client.ReadAsync<RefusedMessage>()).Code);
        await client.SendAsync(6, new ListTablesMessage(null));
        Assert.Empty((await client.ReadAsync<TableListMessage>()).Tables);
    }

    [Fact]
    public async Task Who_has_not_registered_gets_no_table()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var client = await RawClient.ConnectAsync(manager);
        await client.GreetAsync();
        await client.SendAsync(2, new ClaimMessage("accounts", 0));
        Assert.Contains("not registered", (await client.ReadAsync<RefusedMessage>()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Illegal_names_are_refused_by_name()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var client = await RawClient.ConnectAsync(manager);
        await client.GreetAsync();
        await client.SendAsync(2, new RegisterMessage("a/b", 0, []));
        Assert.Equal(RefusalCode.InvalidName, (await client.ReadAsync<RefusedMessage>()).Code);
        await client.SendAsync(3, new RegisterMessage("billing", 0, []));
        await client.ReadAsync<DoneMessage>();
        await client.SendAsync(4, new ClaimMessage("../../x", 0));
        Assert.Equal(RefusalCode.InvalidName, (await client.ReadAsync<RefusedMessage>()).Code);
        await client.SendAsync(5, new CreateTableMessage("..", TableKind.Set, TableAccess.Public, 16 << 20, default, null));
        Assert.Equal(RefusalCode.InvalidName, (await client.ReadAsync<RefusedMessage>()).Code);
    }

    [Fact]
    public async Task A_table_can_be_made_only_as_this_version_can_make_it()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var client = await RawClient.ConnectAsync(manager);
        await client.GreetAsync();
        await client.SendAsync(2, new RegisterMessage("billing", 0, []));
        await client.ReadAsync<DoneMessage>();
        await client.SendAsync(3, new CreateTableMessage("a", (TableKind)9, TableAccess.Public, 16 << 20, default, null));
        Assert.Equal(RefusalCode.TableKind, (await client.ReadAsync<RefusedMessage>()).Code);
        await client.SendAsync(4, new CreateTableMessage("a", TableKind.Set, (TableAccess)77, 16 << 20, default, null));
        Assert.Contains("77", (await client.ReadAsync<RefusedMessage>()).Text, StringComparison.Ordinal);
        await client.SendAsync(5, new CreateTableMessage("a", TableKind.Set, TableAccess.Public, 1, default, null));
        Assert.Contains("MaximumBytes", (await client.ReadAsync<RefusedMessage>()).Text, StringComparison.Ordinal);
        await client.SendAsync(6, new CreateTableMessage("a", TableKind.Set, TableAccess.Public, 16 << 20, new byte[65537], null));
        Assert.Contains("gift data", (await client.ReadAsync<RefusedMessage>()).Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(manager.Directory.TablesPath));
    }

    [Fact]
    public async Task A_client_that_stops_inside_a_frame_holds_nothing_up()
    {
        await using var manager = await RunningManager.StartAsync();
        var slow = new List<RawClient>();
        for (var i = 0; i < 50; i++)
        {
            var client = await RawClient.ConnectAsync(manager);
            await client.SendAsync([9, 0]);
            slow.Add(client);
        }
        await using var worker = await manager.ConnectAsync();
        await using (await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience))
        {
        }
        foreach (var client in slow) await client.DisposeAsync();
    }

    [Fact]
    public async Task Clients_that_leave_before_they_are_let_in_hold_nobody_up()
    {
        await using var manager = await RunningManager.StartAsync();
        var leaving = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++) await (await RawClient.ConnectAsync(manager)).DisposeAsync();
        });
        await leaving.WaitAsync(Patience);
        await using var worker = await manager.ConnectAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Mutated_frames_bring_nothing_down(int seed)
    {
        await using var manager = await RunningManager.StartAsync();
        var random = new Random(seed);
        byte[][] frames =
        [
            MessageCodec.Encode(1, new HelloMessage(1, 1, "client", "0.1")),
            MessageCodec.Encode(2, new RegisterMessage("billing", 0, [new OwnedTable("accounts", 3)])),
            MessageCodec.Encode(3, new CreateTableMessage("accounts", TableKind.Set, TableAccess.Public, 16 << 20, new byte[9], "billing")),
            MessageCodec.Encode(4, new ClaimMessage("accounts", 0)),
            MessageCodec.Encode(0, new AcceptedMessage("accounts", 1)),
            MessageCodec.Encode(0, new DeclinedMessage("accounts", 1, "no")),
            MessageCodec.Encode(0, new ReleasedMessage("accounts", 1)),
            MessageCodec.Encode(5, new ListTablesMessage(null)),
            MessageCodec.Encode(0, new UnclaimMessage("accounts")),
        ];
        for (var round = 0; round < 300; round++)
        {
            await using var client = await RawClient.ConnectAsync(manager);
            var prefix = random.Next(4);
            foreach (var frame in frames.Take(prefix)) await client.SendAsync(frame);
            var mutant = (byte[])frames[random.Next(frames.Length)].Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--) mutant[random.Next(mutant.Length)] ^= (byte)(1 << random.Next(8));
            await client.SendAsync(mutant[..random.Next(1, mutant.Length + 1)]);
        }
        await using var worker = await manager.ConnectAsync();
        await using var table = await worker.OwnAsync<string, long>("ledger", EtsTableOptions.Default).WaitAsync(Patience);
        table.Insert("alice", 1);
    }

    [Fact]
    public async Task An_offer_that_is_not_accepted_goes_to_another_worker()
    {
        var policy = HandOver.HandOverPolicyForTests.Impatient;
        await using var manager = await RunningManager.StartAsync("""{"tables":[{"id":"accounts"}]}""", policy: policy);
        await using var deaf = await RawClient.ConnectAsync(manager);
        await deaf.GreetAsync();
        await deaf.SendAsync(2, new RegisterMessage("billing", 0, []));
        await deaf.ReadAsync<DoneMessage>();
        await deaf.SendAsync(3, new ClaimMessage("accounts", 0));
        Assert.NotNull(await deaf.ReadAsync());
        await using var worker = await manager.ConnectAsync();
        await using var table = await worker.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        Assert.True(table.Transfer!.Epoch >= 2);
    }

    [Fact]
    public async Task A_connection_that_ends_while_offered_loses_the_offer_at_once()
    {
        await using var manager = await RunningManager.StartAsync("""{"tables":[{"id":"accounts"}]}""");
        var first = await RawClient.ConnectAsync(manager);
        await first.GreetAsync();
        await first.SendAsync(2, new RegisterMessage("billing", 0, []));
        await first.ReadAsync<DoneMessage>();
        await first.SendAsync(3, new ClaimMessage("accounts", 0));
        while (FieldReaderType((await first.ReadAsync())!) != MessageType.Offer)
        {
        }
        await first.DisposeAsync();
        await using var worker = await manager.ConnectAsync();
        await using var table = await worker.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        Assert.Equal(2u, table.Transfer!.Epoch);
    }

    private static MessageType FieldReaderType(byte[] payload)
    {
        FieldReader.Open(payload, out var header);
        return header.Type;
    }
}
