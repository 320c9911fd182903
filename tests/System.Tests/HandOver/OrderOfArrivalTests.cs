using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.HandOver;

/// <summary>The tables of a killed owner go to their next one in the order in which they were made, whichever way it gets them.</summary>
[Collection(ProcessTests.Name)]
public sealed class OrderOfArrivalTests : IDisposable
{
    private const int Tables = 24;

    /// <summary>In the order of their creation, which is neither that of the names nor that in which they are waited for.</summary>
    private static readonly string[] Created = [.. Enumerable.Range(0, Tables).Select(place => $"table-{place * 7 % Tables}")];

    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _processes = [];

    [Fact]
    public async Task An_heir_inherits_the_tables_of_a_killed_owner_in_the_order_of_their_creation()
    {
        StartManager();
        await using var heir = await ConnectAsync("audit");
        var owner = StartOwner("--heir", $"{Environment.ProcessId}");
        owner.Kill();
        Assert.Equal(Created, await InheritAsync(heir));
    }

    [Fact]
    public async Task An_heir_that_comes_back_to_another_manager_inherits_in_the_order_of_creation()
    {
        var manager = StartManager();
        await using var heir = await ConnectAsync("audit");
        var owner = StartOwner("--heir", $"{Environment.ProcessId}");
        manager.Kill();
        owner.Kill();
        StartManager();
        Assert.Equal(Created, await InheritAsync(heir));
    }

    [Fact]
    public async Task A_worker_that_waits_for_the_tables_of_a_killed_owner_is_offered_them_in_the_order_of_their_creation()
    {
        var manager = StartManager();
        var owner = StartOwner();
        await using var worker = await ConnectAsync("billing");
        var waiting = await WaitForAllAsync(worker);
        owner.Kill();
        await Task.WhenAll(waiting).WaitAsync(Wait.Limit);
        Assert.Equal(Created, manager.WaitForEvents("offered", Environment.ProcessId, Tables));
    }

    [Fact]
    public async Task A_waiting_worker_that_comes_back_to_another_manager_is_offered_the_tables_in_the_order_of_creation()
    {
        var manager = StartManager();
        var owner = StartOwner();
        await using var worker = await ConnectAsync("billing");
        var waiting = await WaitForAllAsync(worker);
        manager.Kill();
        owner.Kill();
        manager = StartManager();
        await Task.WhenAll(waiting).WaitAsync(Wait.Limit);
        Assert.Equal(Created, manager.WaitForEvents("offered", Environment.ProcessId, Tables));
    }

    public void Dispose()
    {
        foreach (var process in _processes)
            process.Dispose();
        _folder.Dispose();
    }

    private ManagerProcess StartManager() => Keep(ManagerProcess.Start(_folder["i"]));

    private PeerProcess StartOwner(params string[] options)
    {
        var owner = Keep(PeerProcess.Start(["owner", "--dir", _folder["i"], "--role", "billing", "--tables", string.Join(',', Created), .. options]));
        owner.WaitFor("owns");
        return owner;
    }

    private Task<EtsWorker> ConnectAsync(string role)
    {
        var options = new EtsWorkerOptions { Directory = _folder["i"], ConnectTimeout = Wait.Limit, MaximumReconnectDelay = TimeSpan.FromMilliseconds(20) };
        return EtsWorker.ConnectAsync(role, options).WaitAsync(Wait.Limit);
    }

    private static async Task<IReadOnlyList<string>> InheritAsync(EtsWorker heir)
    {
        var arrived = new List<string>();
        while (arrived.Count < Tables)
            arrived.Add((await heir.NextTransferAsync().AsTask().WaitAsync(Wait.Limit)).Table);
        return arrived;
    }

    /// <summary>Waits for every table, the youngest first; returns once the manager knows that.</summary>
    private static async Task<Task[]> WaitForAllAsync(EtsWorker worker)
    {
        Task[] waiting = [.. Created.Reverse().Select(name => worker.OwnAsync<string, long>(name))];
        while ((await worker.ListWorkersAsync().WaitAsync(Wait.Limit)).Single(info => info.Id == worker.Id).Waiting < Tables)
        {
        }
        return waiting;
    }

    private TProcess Keep<TProcess>(TProcess process) where TProcess : IDisposable
    {
        _processes.Add(process);
        return process;
    }
}
