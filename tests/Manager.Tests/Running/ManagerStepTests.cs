using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Steps;
using EtsPersist.Mmf.Manager.Tables;
using EtsPersist.Mmf.Native.Os;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtsPersist.Mmf.Manager.Tests.Running;

/// <summary>A manager that is killed at a step is followed by one that finishes or undoes it.</summary>
public sealed class ManagerStepTests : IDisposable
{
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private static readonly byte[] Gift = [1, 2];
    private readonly string _root = RunningManager.NewRoot();

    public void Dispose()
    {
        if (Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
    }

    [Theory]
    [InlineData(ManagerStep.DefinitionWritten, false)]
    [InlineData(ManagerStep.TableMade, true)]
    internal async Task A_creation_that_was_cut_is_whole_or_absent(ManagerStep step, bool isThere)
    {
        await KillAsync(step, async worker => await worker.CreateAsync("accounts", new EtsTableOptions { GiftData = Gift }));
        await using var next = await RunningManager.StartAsync(root: _root);
        RequireTables(next, isThere ? ["accounts"] : []);
        await using var worker = await next.ConnectAsync();
        await using var table = await worker.OwnAsync<string, long>("accounts", new EtsTableOptions { GiftData = Gift }).WaitAsync(Patience);
        Assert.Equal((TransferReason.Created, 1U), (table.Transfer!.Reason, table.Transfer.Epoch));
        Assert.Equal(Gift, table.Transfer.GiftData.ToArray());
    }

    [Theory]
    [InlineData(ManagerStep.RenameDefined, "accounts")]
    [InlineData(ManagerStep.TableMoved, "balances")]
    [InlineData(ManagerStep.NameWritten, "balances")]
    internal async Task A_rename_that_was_cut_leaves_one_name_and_every_row(ManagerStep step, string name)
    {
        await KillAsync(step, async worker =>
        {
            await using var table = await worker.OwnAsync<string, long>("accounts", new EtsTableOptions { GiftData = Gift });
            table.Insert("alice", 100);
            await worker.RenameAsync("accounts", "balances");
        });
        await using var next = await RunningManager.StartAsync(root: _root);
        RequireTables(next, [name]);
        await using var worker = await next.ConnectAsync();
        await using var table = await worker.OwnAsync<string, long>(name).WaitAsync(Patience);
        Assert.True(table.TryGet("alice", out _));
        Assert.Equal((name, name), (table.Name, table.Transfer!.Table));
        Assert.Equal(Gift, table.Transfer.GiftData.ToArray());
        await worker.CreateAsync(name == "accounts" ? "balances" : "accounts").WaitAsync(Patience);
    }

    [Fact]
    public Task A_drop_that_was_cut_is_finished() => FinishDropAsync(ManagerStep.DropMarked);

    [LinuxFact("elsewhere a table that is mapped is not unlinked yet")]
    public Task A_drop_that_was_cut_behind_the_unlinking_is_finished() => FinishDropAsync(ManagerStep.TableUnlinked);

    [Fact]
    public async Task An_heir_that_was_kept_is_one_though_nobody_was_told()
    {
        ulong heir = 0;
        await KillAsync(ManagerStep.StandingWritten, async worker =>
        {
            heir = worker.Id;
            await using var table = await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default);
            await worker.SetHeirAsync("accounts", new EtsSuccessor(Environment.ProcessId, heir), Gift);
        });
        await using var next = await RunningManager.StartAsync(root: _root);
        await using var observer = await next.ConnectAsync();
        Assert.Equal(heir, (await observer.FindTableAsync("accounts").WaitAsync(Patience))!.Heir!.WorkerId);
    }

    [Fact]
    public async Task A_gift_of_a_release_that_did_not_come_does_not_go_with_a_later_one_without()
    {
        var kill = new KilledManager(ManagerStep.StandingWritten);
        var killed = await RunningManager.StartAsync(root: _root, reach: kill.Reach);
        await using var owner = await killed.ConnectAsync();
        var table = await owner.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        var releasing = owner.ReleaseAsync("accounts", Gift);
        await kill.Killed.WaitAsync(Patience);
        await killed.StopAsync();
        await Assert.ThrowsAnyAsync<EtsException>(() => releasing.WaitAsync(Patience));

        await using var next = await RunningManager.StartAsync(root: _root);
        await using var successor = await next.ConnectAsync();
        while ((await successor.ListWorkersAsync().WaitAsync(Patience)).Count < 2)
        {
        }
        await table.DisposeAsync();
        await using var released = await successor.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        Assert.Equal(TransferReason.Released, released.Transfer!.Reason);
        Assert.Empty(released.Transfer.GiftData.ToArray());
    }

    [Theory]
    [InlineData(ManagerStep.RecoveryBegun)]
    [InlineData(ManagerStep.DeadDecided)]
    [InlineData(ManagerStep.RecoveryFinished)]
    [InlineData(ManagerStep.OfferMade)]
    internal async Task A_hand_over_that_was_cut_goes_on_with_every_row(ManagerStep step)
    {
        LeaveDeadOwner();
        var kill = new KilledManager(step);
        var killed = await RunningManager.StartAsync(root: _root, reach: kill.Reach);
        await using (var waiting = await killed.ConnectAsync())
        {
            _ = waiting.OwnAsync<string, long>("accounts");
            await kill.Killed.WaitAsync(Patience);
            await killed.StopAsync();
        }
        await RequireHandedOverAsync();
    }

    [Fact]
    public async Task An_offer_that_was_being_taken_back_is_made_anew()
    {
        LeaveDeadOwner(isOffered: true);
        var kill = new KilledManager(ManagerStep.OfferWithdrawn);
        var killed = await RunningManager.StartAsync(root: _root, reach: kill.Reach);
        await kill.Killed.WaitAsync(Patience);
        await killed.StopAsync();
        await RequireHandedOverAsync();
    }

    [Theory]
    [InlineData(ManagerStep.StandingWritten)]
    [InlineData(ManagerStep.OfferWithdrawn)]
    internal async Task The_heir_of_a_giver_that_died_before_anybody_took_its_table_inherits_it(ManagerStep step)
    {
        LeaveDeadOwner(isOffered: true, new Heir(ProcessIdentity.Current, 0, Gift));
        var kill = new KilledManager(step);
        var killed = await RunningManager.StartAsync(root: _root, reach: kill.Reach);
        await kill.Killed.WaitAsync(Patience);
        await killed.StopAsync();
        await using var next = await RunningManager.StartAsync(root: _root);
        await using var worker = await next.ConnectAsync();
        await using var table = await worker.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        Assert.Equal(TransferReason.Inherited, table.Transfer!.Reason);
        Assert.Equal(Gift, table.Transfer.GiftData.ToArray());
    }

    /// <summary>Starts a manager that dies at a step of what a worker asks for.</summary>
    private async Task KillAsync(ManagerStep step, Func<EtsWorker, Task> act)
    {
        var kill = new KilledManager(step);
        var killed = await RunningManager.StartAsync(root: _root, reach: kill.Reach);
        await using var worker = await killed.ConnectAsync();
        await Assert.ThrowsAnyAsync<EtsException>(() => act(worker).WaitAsync(Patience));
        await kill.Killed.WaitAsync(Patience);
        await killed.StopAsync();
    }

    private async Task FinishDropAsync(ManagerStep step)
    {
        await KillAsync(step, async worker =>
        {
            await worker.CreateAsync("accounts");
            await worker.DropAsync("accounts");
        });
        await using var next = await RunningManager.StartAsync(root: _root);
        await RunningManager.UntilAsync(() => Directory.GetFiles(next.Directory.TablesPath).Length == 0);
        await using var worker = await next.ConnectAsync();
        await worker.CreateAsync("accounts").WaitAsync(Patience);
    }

    private async Task RequireHandedOverAsync()
    {
        await using var next = await RunningManager.StartAsync(root: _root);
        await using var worker = await next.ConnectAsync();
        await using var table = await worker.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        Assert.Equal(TransferReason.ManagerRecovered, table.Transfer!.Reason);
        Assert.True(table.Transfer.Epoch > 1);
        Assert.True(table.TryGet("alice", out var balance));
        Assert.Equal(100, balance);
    }

    /// <summary>A table with a row, whose owner died while no manager ran; or which it was about to give away.</summary>
    private void LeaveDeadOwner(bool isOffered = false, Heir? heir = null)
    {
        var directory = new InstanceDirectory(root: _root);
        directory.Create();
        var (_, file) = new TableStore(directory, NullLogger.Instance).Create(new TableDefinition { Id = "accounts", Standing = new TableStanding { Heir = heir } });
        file.Attach();
        Assert.True(file.TryOffer(file.Ownership, out var offered));
        Assert.True(file.TryAccept(offered.Epoch));
        var table = new EtsTable<string, long>(file, new Transfer { Table = "accounts", Reason = TransferReason.Created, Epoch = offered.Epoch }, () => ValueTask.CompletedTask);
        table.Insert("alice", 100);
        if (isOffered) Assert.True(file.TryGiveAway(offered.Epoch, out _));
        file.Abandon();
    }

    /// <summary>The tables are these, each with its definition and nothing beside.</summary>
    private static void RequireTables(RunningManager manager, string[] names)
    {
        var files = Directory.GetFiles(manager.Directory.TablesPath).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(names.SelectMany(name => Enumerable.Repeat(name, 2)), files.Select(file => file!.Split('.')[0]));
        Assert.All(files.Index(), file => Assert.EndsWith(file.Index % 2 == 0 ? ".ets" : ".json", file.Item, StringComparison.Ordinal));
        foreach (var name in names)
        {
            using var file = manager.Directory.OpenTable(name, writable: false);
            Assert.Equal(name, file.Name);
        }
    }
}
