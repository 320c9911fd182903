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
        var owned = await AcceptAsync(manager, owner, Created.Length);
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

    [Fact]
    public async Task Heirs_that_come_back_at_the_same_time_get_their_tables_each_in_the_order_of_creation()
    {
        string[] names = [.. Enumerable.Range(0, 24).Select(number => $"table-{number:d2}")];
        ulong[] heirs = [101, 102, 103, 104];
        var tables = names.Select(name => $$$"""{"id":"{{{name}}}","findMe":{"role":"owner"}}""");
        var patient = HandOverPolicy.Default with { HeirPatience = TimeSpan.FromMinutes(10), OfferTimeout = TimeSpan.FromMinutes(10) };
        await using var manager = await RunningManager.StartAsync($$"""{"tables":[{{string.Join(',', tables)}}]}""", policy: patient);
        await using var owner = await RegisterAsync(manager, names, role: "owner");
        var owned = await AcceptAsync(manager, owner, names.Length);
        foreach (var heir in heirs)
        {
            await using var connection = await RegisterAsync(manager, [], role: "heir", heir);
            await connection.ReadUntilAsync<DoneMessage>();
            for (var place = Array.IndexOf(heirs, heir); place < names.Length; place += heirs.Length)
            {
                await owner.SendAsync(6, new SetHeirMessage(names[place], owned[names[place]].Ownership.Epoch, Environment.ProcessId, heir, default));
                await owner.ReadUntilAsync<DoneMessage>();
            }
        }
        await UntilAloneAsync(owner);

        manager.PretendDeath();
        foreach (var file in owned.Values) file.Abandon();
        await UntilUnownedAsync(manager, names);
        var back = await Task.WhenAll(heirs.Select(heir => RegisterAsync(manager, [], role: "heir", heir)));
        for (var heir = 0; heir < heirs.Length; heir++)
        {
            var expected = names.Where((_, place) => place % heirs.Length == heir).ToArray();
            Assert.Equal(expected, await ReadOffersAsync(back[heir], expected.Length));
            await back[heir].DisposeAsync();
        }
    }

    /// <summary>A worker that asks for tables.</summary>
    private static async Task<RawClient> RegisterAsync(RunningManager manager, IEnumerable<string> claims, string role = "billing", ulong id = 0)
    {
        var client = await RawClient.ConnectAsync(manager);
        await client.GreetAsync();
        await client.SendAsync(2, new RegisterMessage(role, 0, []) { WorkerId = id });
        foreach (var table in claims) await client.SendAsync(3, new ClaimMessage(table, 0));
        return client;
    }

    /// <summary>Takes the next offers of a worker, and answers the files once the manager knows of it.</summary>
    private static async Task<Dictionary<string, TableFile>> AcceptAsync(RunningManager manager, RawClient owner, int count)
    {
        var owned = new Dictionary<string, TableFile>();
        while (owned.Count < count)
        {
            var offer = await owner.ReadUntilAsync<OfferMessage>();
            owned[offer.Table] = TableFile.Open(manager.Directory.Locate(offer.FileName).Path, writable: true);
            owned[offer.Table].Attach();
            Assert.True(owned[offer.Table].TryAccept(offer.Epoch));
            await owner.SendAsync(0, new AcceptedMessage(offer.Table, offer.Epoch));
        }
        await owner.SendAsync(5, new ListTablesMessage(null)); // answered behind the acceptances
        await owner.ReadUntilAsync<TableListMessage>();
        return owned;
    }

    /// <summary>Waits until the manager has noticed that all other connections have ended.</summary>
    private static async Task UntilAloneAsync(RawClient client)
    {
        do await client.SendAsync(7, new ListWorkersMessage());
        while ((await client.ReadUntilAsync<WorkerListMessage>()).Workers.Count > 1);
    }

    /// <summary>Waits until the manager has recovered tables; whom they are for is not there yet.</summary>
    private static async Task UntilUnownedAsync(RunningManager manager, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            using var file = manager.Directory.OpenTable(name, writable: false);
            await RunningManager.UntilAsync(() => file.Ownership.State == OwnershipState.Unowned);
        }
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
