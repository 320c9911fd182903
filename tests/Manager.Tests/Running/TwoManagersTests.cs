namespace EtsPersist.Mmf.Manager.Tests.Running;

public sealed class TwoManagersTests
{
    private static readonly TimeSpan Patience = RunningManager.Patience;

    [Fact]
    public async Task A_second_manager_on_one_directory_is_refused_and_the_first_serves_on()
    {
        await using var first = await RunningManager.StartAsync();
        var second = RunningManager.Create(root: first.Root);
        var error = await Assert.ThrowsAsync<ManagerRunningException>(second.StartAsync);
        Assert.Contains("--standby", error.Message, StringComparison.Ordinal);
        await second.StopAsync();
        await using var worker = await first.ConnectAsync();
        await using var table = await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_standby_takes_over_when_the_first_ends_and_workers_find_it()
    {
        var first = await RunningManager.StartAsync();
        await using var owner = await first.ConnectAsync();
        await using var successor = await first.ConnectAsync();
        var table = await owner.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        var waiting = successor.OwnAsync<string, long>("accounts");
        await using var standby = RunningManager.Create(root: first.Root, isStandby: true);
        var takingOver = standby.StartAsync();
        Assert.False(takingOver.IsCompleted);
        await first.StopAsync();
        await takingOver.WaitAsync(Patience);
        await table.DisposeAsync();
        await using var handed = await waiting.WaitAsync(Patience);
        Assert.Equal(2u, handed.Transfer!.Epoch);
    }

    [Fact]
    public async Task A_broken_table_file_disables_that_table_alone()
    {
        var first = await RunningManager.StartAsync("""{"tables":[{"id":"good"},{"id":"bad"}]}""");
        await first.StopAsync();
        var broken = Assert.Single(first.Directory.FindTables("bad"));
        TableFileDamage.CutOff(broken.Path, 100);
        await using var second = await RunningManager.StartAsync(root: first.Root);
        await using var worker = await second.ConnectAsync();
        var error = await Assert.ThrowsAsync<CorruptTableException>(() => worker.OwnAsync<string, long>("bad").WaitAsync(Patience));
        Assert.Contains("'bad' is disabled", error.Message, StringComparison.Ordinal);
        await using var good = await worker.OwnAsync<string, long>("good").WaitAsync(Patience);
        Assert.Equal(TransferReason.Created, good.Transfer!.Reason);
    }

    [Fact]
    public async Task What_a_killed_manager_left_half_done_is_finished_at_the_next_start()
    {
        var first = await RunningManager.StartAsync("""{"tables":[{"id":"dropped"},{"id":"kept"}]}""");
        await first.StopAsync();
        var tables = first.Directory.TablesPath;
        var dropped = Assert.Single(first.Directory.FindTables("dropped"));
        using (var file = EtsPersist.Mmf.Native.TableFile.Open(dropped.Path, writable: true)) file.MarkDropped();
        await File.WriteAllTextAsync(Path.Join(tables, "never.5.json"), "{}");
        await File.WriteAllTextAsync(Path.Join(tables, "never.6.json.new"), "{");
        await using var second = await RunningManager.StartAsync(root: first.Root);
        await RunningManager.UntilAsync(() => Directory.GetFiles(tables).Select(path => Path.GetFileName(path).Split('.')[0]).SequenceEqual(["kept", "kept"]));
    }

    [Fact]
    public async Task Gift_and_role_survive_the_manager_in_the_tables_definition()
    {
        var first = await RunningManager.StartAsync();
        var worker = await first.ConnectAsync();
        var options = new EtsTableOptions { GiftData = new byte[] { 1, 0, 2 } };
        await worker.OwnAsync<string, long>("accounts", options).WaitAsync(Patience);
        await worker.DisposeAsync();
        await first.StopAsync();
        await using var second = await RunningManager.StartAsync(root: first.Root);
        await using var stranger = await second.ConnectAsync("shipping");
        await Assert.ThrowsAsync<ManagerRefusedException>(() => stranger.OwnAsync<string, long>("accounts").WaitAsync(Patience));
        await using var successor = await second.ConnectAsync();
        await using var table = await successor.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        Assert.Equal([1, 0, 2], table.Transfer!.GiftData.ToArray());
        Assert.Equal(TransferReason.ManagerRecovered, table.Transfer.Reason);
    }
}
