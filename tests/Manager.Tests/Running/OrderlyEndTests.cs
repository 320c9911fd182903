using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.Running;

/// <summary>Whether the next boot of the machine takes a table's file for whole.</summary>
public sealed class OrderlyEndTests
{
    private static readonly TimeSpan Patience = RunningManager.Patience;

    [Fact]
    public async Task A_manager_that_ends_behind_all_workers_leaves_its_tables_whole_on_the_disk()
    {
        await using var manager = await RunningManager.StartAsync();
        await using (var worker = await manager.ConnectAsync())
        await using (var table = await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience))
        {
            table.Insert("alice", 100);
        }
        Assert.False(IsClean(manager));
        await manager.StopAsync();
        Assert.True(IsClean(manager));
    }

    [Fact]
    public async Task A_worker_that_ends_behind_the_manager_leaves_its_table_whole_on_the_disk()
    {
        await using var manager = await RunningManager.StartAsync();
        await using (var worker = await manager.ConnectAsync())
        await using (var table = await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience))
        {
            await manager.StopAsync();
            Assert.False(IsClean(manager));
            table.Insert("alice", 100);
        }
        Assert.True(IsClean(manager));
        await using var next = await RunningManager.StartAsync(root: manager.Root);
        Assert.False(IsClean(manager));
    }

    private static bool IsClean(RunningManager manager)
    {
        using var file = TableFile.Open(Assert.Single(manager.Directory.FindTables("accounts")).Path, writable: false);
        return file.IsClean;
    }
}
