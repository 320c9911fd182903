using EtsPersist.Mmf.Manager.Tests.Connections;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Running;

/// <summary>A table that is made for one worker to fill is that one's or is not there: nobody finds it empty.</summary>
public sealed class CreatorTests : IAsyncLifetime
{
    private const string Table = "accounts";
    private RunningManager _manager = null!;

    public async Task InitializeAsync() => _manager = await RunningManager.StartAsync();

    [Fact]
    public async Task It_goes_when_its_creator_waits_no_longer()
    {
        await using var creator = await RegisterAsync(workerId: 1);
        Assert.True((await CreateAsync(creator)).IsNew);
        await creator.SendAsync(0, new UnclaimMessage(Table));
        await RequireAbsentAsync(creator);
    }

    [Fact]
    public async Task It_goes_when_its_creator_declines_it()
    {
        await using var creator = await RegisterAsync(workerId: 1);
        await CreateAsync(creator);
        var offer = await creator.ReadUntilAsync<OfferMessage>();
        await creator.SendAsync(0, new DeclinedMessage(Table, offer.Epoch, "The file cannot be opened."));
        await RequireAbsentAsync(creator);
    }

    [Fact]
    public async Task It_goes_with_its_creators_connection_and_is_offered_to_nobody_else()
    {
        await using var waiting = await RegisterAsync(workerId: 2);
        await ClaimAsync(waiting, waited: TimeSpan.Zero);
        var creator = await RegisterAsync(workerId: 1);
        await CreateAsync(creator);
        var removed = RemovalOfTable();
        await creator.DisposeAsync();
        await removed.WaitAsync(RunningManager.Patience);
        await RequireAbsentAsync(waiting);
    }

    [Fact]
    public async Task A_creator_that_comes_back_over_another_connection_gets_it()
    {
        await using var lost = await RegisterAsync(workerId: 1);
        await CreateAsync(lost);
        await using var creator = await RegisterAsync(workerId: 1);
        Assert.True((await CreateAsync(creator)).IsNew);
        Assert.Equal(TransferReason.Created, (await creator.ReadUntilAsync<OfferMessage>()).Reason);
    }

    [Fact]
    public async Task Another_worker_does_not_get_it_as_new()
    {
        await using var creator = await RegisterAsync(workerId: 1);
        await CreateAsync(creator);
        await using var other = await RegisterAsync(workerId: 2);
        await ClaimAsync(other, waited: TimeSpan.Zero);
        await other.SendAsync(4, NewTable());
        Assert.Equal(RefusalCode.TableExists, (await other.ReadUntilAsync<RefusedMessage>()).Code);
    }

    [Fact]
    public async Task It_stays_for_a_worker_that_would_have_made_it_too()
    {
        var creator = await RegisterAsync(workerId: 1);
        await CreateAsync(creator);
        await using var other = await RegisterAsync(workerId: 2);
        await ClaimAsync(other, waited: TimeSpan.Zero);
        await other.SendAsync(4, NewTable() with { MustBeNew = false, GoesToCreator = false });
        Assert.False((await other.ReadUntilAsync<TableCreatedMessage>()).IsNew);
        await creator.DisposeAsync();
        Assert.Equal(TransferReason.Created, (await other.ReadUntilAsync<OfferMessage>()).Reason);
    }

    [Fact]
    public async Task It_is_made_for_nobody_who_does_not_wait_for_it()
    {
        await using var creator = await RegisterAsync(workerId: 1);
        await creator.SendAsync(4, NewTable());
        Assert.Equal(RefusalCode.Other, (await creator.ReadUntilAsync<RefusedMessage>()).Code);
        await RequireAbsentAsync(creator);
    }

    public async Task DisposeAsync() => await _manager.DisposeAsync();

    private static CreateTableMessage NewTable() =>
        new(Table, TableKind.Set, TableAccess.Protected, EtsTableOptions.Default.MaximumBytes, default, "billing") { MustBeNew = true, GoesToCreator = true };

    private static async Task ClaimAsync(RawClient client, TimeSpan waited)
    {
        await client.SendAsync(3, new ClaimMessage(Table, (long)waited.TotalMilliseconds));
        await client.ReadUntilAsync<ClaimedMessage>();
    }

    private static async Task<TableCreatedMessage> CreateAsync(RawClient creator)
    {
        await ClaimAsync(creator, waited: TimeSpan.FromDays(365));
        await creator.SendAsync(4, NewTable());
        return await creator.ReadUntilAsync<TableCreatedMessage>();
    }

    /// <summary>There is no table, and the client has been offered none.</summary>
    private async Task RequireAbsentAsync(RawClient client)
    {
        await client.SendAsync(5, new DescribeTableMessage(Table));
        Assert.Empty((await client.ReadAsync<TableListMessage>()).Tables);
        await RunningManager.UntilAsync(() => Directory.GetFiles(_manager.Directory.TablesPath).Length == 0);
    }

    private async Task<RawClient> RegisterAsync(ulong workerId)
    {
        var client = await RawClient.ConnectAsync(_manager);
        await client.GreetAsync();
        await client.SendAsync(2, new RegisterMessage("billing", 0, []) { WorkerId = workerId });
        await client.ReadAsync<DoneMessage>();
        return client;
    }

    /// <summary>Completes when the last of a table's files is gone, its definition.</summary>
    private Task RemovalOfTable()
    {
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = new FileSystemWatcher(_manager.Directory.TablesPath, "*.json") { EnableRaisingEvents = true };
        watcher.Deleted += (_, _) => removed.TrySetResult();
        return removed.Task.ContinueWith(_ => watcher.Dispose(), TaskScheduler.Default);
    }
}
