using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Tests.Connections;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Running;

public sealed class OrderOfArrivalTests
{
    private const string Configuration = """
        {"tables":[{"id":"harbours","findMe":{"role":"billing"}},{"id":"accounts","findMe":{"role":"billing"}},{"id":"parcels","findMe":{"role":"billing"}}]}
        """;

    private static readonly TimeSpan Patience = RunningManager.Patience;
    private static readonly string[] Created = ["harbours", "accounts", "parcels"];

    [Fact]
    public async Task A_worker_that_ends_lets_its_tables_go_in_the_order_of_their_creation()
    {
        await using var manager = await RunningManager.StartAsync(Configuration);
        var owner = await manager.ConnectAsync();
        foreach (var name in Created.Reverse()) await owner.OwnAsync<string, long>(name).WaitAsync(Patience);
        await using var next = await WaitAsync(manager, ["parcels", "accounts", "harbours"]);
        await owner.DisposeAsync();
        Assert.Equal(Created, await ReadOffersAsync(next, Created.Length));
    }

    [Fact]
    public async Task Tables_that_nobody_owns_are_offered_in_the_order_in_which_they_are_asked_for()
    {
        string[] asked = [.. Enumerable.Range(0, 24).Select(number => $"table-{number * 7 % 24}")];
        var tables = asked.Order().Select(name => $$$"""{"id":"{{{name}}}","findMe":{"role":"billing"}}""");
        await using var manager = await RunningManager.StartAsync($$"""{"tables":[{{string.Join(',', tables)}}]}""");
        await using var worker = await RegisterAsync(manager, asked);
        Assert.Equal(asked, await ReadOffersAsync(worker, asked.Length));
    }

    [Fact]
    public async Task A_table_does_not_overtake_an_older_one_whose_dead_owner_still_has_its_lock()
    {
        await using var manager = await RunningManager.StartAsync(
            Configuration, policy: HandOverPolicy.Default with { OrderPatience = TimeSpan.FromMinutes(10) });
        await using var owner = await RegisterAsync(manager, Created);
        var owned = new Dictionary<string, TableFile>();
        for (var count = 0; count < Created.Length; count++)
        {
            var offer = await owner.ReadUntilAsync<OfferMessage>();
            owned[offer.Table] = TableFile.Open(manager.Directory.Locate(offer.FileName).Path, writable: true);
            owned[offer.Table].Attach();
            Assert.True(owned[offer.Table].TryAccept(offer.Epoch));
            await owner.SendAsync(0, new AcceptedMessage(offer.Table, offer.Epoch));
        }
        await owner.SendAsync(5, new ListTablesMessage(null)); // answered behind the acceptances
        await owner.ReadUntilAsync<TableListMessage>();

        manager.PretendDeath();
        await using var next = await WaitAsync(manager, ["parcels", "accounts", "harbours"]);
        using (var parcels = manager.Directory.OpenTable("parcels", writable: false))
        {
            owned["parcels"].Abandon();
            await RunningManager.UntilAsync(() => parcels.Ownership.State != OwnershipState.Owned);
        }
        owned["harbours"].Abandon();
        owned["accounts"].Abandon();
        Assert.Equal(Created, await ReadOffersAsync(next, Created.Length));
    }

    /// <summary>A worker that asks for tables.</summary>
    private static async Task<RawClient> RegisterAsync(RunningManager manager, IEnumerable<string> claims)
    {
        var client = await RawClient.ConnectAsync(manager);
        await client.GreetAsync();
        await client.SendAsync(2, new RegisterMessage("billing", 0, []));
        foreach (var table in claims) await client.SendAsync(3, new ClaimMessage(table, 0));
        return client;
    }

    /// <summary>A worker that waits for tables which others have.</summary>
    private static async Task<RawClient> WaitAsync(RunningManager manager, IReadOnlyList<string> claims)
    {
        var client = await RegisterAsync(manager, claims);
        foreach (var _ in claims) await client.ReadUntilAsync<ClaimedMessage>();
        return client;
    }

    private static async Task<string[]> ReadOffersAsync(RawClient client, int count)
    {
        var offers = new string[count];
        for (var place = 0; place < count; place++) offers[place] = (await client.ReadUntilAsync<OfferMessage>()).Table;
        return offers;
    }
}
