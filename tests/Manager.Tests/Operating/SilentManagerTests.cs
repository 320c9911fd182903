using EtsPersist.Mmf.Manager.Loading;
using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Operating;

/// <summary>What becomes of those who need a manager that is stopped.</summary>
public sealed class SilentManagerTests
{
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Long = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_worker_gives_up_on_a_manager_that_does_not_greet_it_in_time()
    {
        using var manager = new SilentManager();
        await RequireNotAnsweredAsync(ConnectAsync(manager, Short));
    }

    [Fact]
    public async Task A_worker_gives_up_on_a_manager_that_does_not_register_it_in_time()
    {
        using var manager = new SilentManager();
        var welcoming = manager.WelcomeAsync();
        await RequireNotAnsweredAsync(ConnectAsync(manager, Short));
        await welcoming;
    }

    [Fact]
    public async Task A_worker_whose_caller_gives_up_on_a_silent_manager_ends_at_once()
    {
        using var manager = new SilentManager();
        using var givingUp = new CancellationTokenSource();
        var connecting = ConnectAsync(manager, Long, givingUp.Token);
        await manager.ListenAsync();
        await givingUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_worker_that_comes_back_to_a_silent_manager_can_be_disposed()
    {
        await using var manager = await RunningManager.StartAsync();
        var worker = await manager.ConnectAsync();
        var table = await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        await manager.StopAsync();
        using var silent = new SilentManager(manager.Directory);
        await silent.ListenAsync();
        await worker.DisposeAsync().AsTask().WaitAsync(Patience);
        Assert.Throws<ObjectDisposedException>(() => table.Count);
    }

    [Fact]
    public async Task A_worker_whose_give_away_a_silent_manager_does_not_answer_can_be_disposed()
    {
        await using var manager = await RunningManager.StartAsync();
        var worker = await manager.ConnectAsync();
        await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        await manager.StopAsync();
        using var silent = new SilentManager(manager.Directory);
        await silent.WelcomeAsync();
        await silent.ListenForAsync(MessageType.Register);
        var giving = worker.GiveAwayAsync("accounts", new EtsSuccessor(1));
        await silent.ListenForAsync(MessageType.GiveAway);
        await worker.DisposeAsync().AsTask().WaitAsync(Patience);
        await Assert.ThrowsAsync<ManagerNotRunningException>(() => giving.WaitAsync(Patience));
        Assert.Equal((OwnershipState.Unowned, 3U), StandingOf("accounts", manager.Directory));
    }

    [Fact]
    public async Task A_worker_whose_gifts_fill_the_pipe_to_a_silent_manager_can_be_disposed()
    {
        string[] names = [.. Enumerable.Range(0, 8).Select(number => $"accounts-{number}")]; // 64 KiB with each: more than pipes hold
        await using var manager = await RunningManager.StartAsync();
        var worker = await manager.ConnectAsync();
        foreach (var name in names) await worker.OwnAsync<string, long>(name, EtsTableOptions.Default).WaitAsync(Patience);
        await manager.StopAsync();
        using var silent = new SilentManager(manager.Directory);
        await silent.WelcomeAsync();
        await silent.RegisterAsync();
        Task[] giving = [.. names.Select(name => worker.GiveAwayAsync(name, new EtsSuccessor(1), new byte[64 << 10]))];
        await RunningManager.UntilAsync(() => names.All(name => StandingOf(name, manager.Directory).State == OwnershipState.Offered));
        await Task.Run(() => worker.DisposeAsync().AsTask()).WaitAsync(Patience);
        foreach (var lost in giving)
        {
            // What had not been asked when the disposal began is not asked any more.
            var error = await Assert.ThrowsAnyAsync<Exception>(() => lost.WaitAsync(Patience));
            Assert.True(error is ManagerNotRunningException or ObjectDisposedException, error.ToString());
        }
        Assert.All(names, name => Assert.Equal(OwnershipState.Unowned, StandingOf(name, manager.Directory).State));
    }

    [Fact]
    public async Task Loading_gives_up_on_a_manager_that_does_not_greet()
    {
        using var manager = new SilentManager();
        await RequireNotAnsweredAsync(LoadAsync(manager));
    }

    [Fact]
    public async Task Loading_gives_up_on_a_manager_that_does_not_make_the_table()
    {
        using var manager = new SilentManager();
        var welcoming = manager.WelcomeAsync();
        await RequireNotAnsweredAsync(LoadAsync(manager));
        await welcoming;
    }

    private static Task<EtsWorker> ConnectAsync(SilentManager manager, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        EtsWorker.ConnectAsync("billing", new EtsWorkerOptions { Directory = manager.Directory.Root, ConnectTimeout = timeout }, cancellationToken);

    private static (OwnershipState State, uint Epoch) StandingOf(string table, InstanceDirectory directory)
    {
        var now = new OwnerChange(directory, table).Look();
        return (now.State, now.Epoch);
    }

    private static Task LoadAsync(SilentManager manager) => Task.Run(() =>
    {
        var table = new CreateTableMessage("accounts", TableKind.Set, TableAccess.Protected, 1 << 20, default, "billing") { MustBeNew = true, GoesToCreator = true };
        using var owner = NewTableOwner.Create(manager.Directory, "billing", table, Short);
    });

    private static async Task RequireNotAnsweredAsync(Task asking)
    {
        var refusal = await Assert.ThrowsAsync<ManagerNotRunningException>(() => asking.WaitAsync(Patience));
        Assert.Contains("has not answered for", refusal.Message, StringComparison.Ordinal);
    }
}
