namespace EtsPersist.Mmf.Manager.Tests.Running;

public sealed class HandOverRehearsalTests : IDisposable
{
    private readonly InstanceDirectory _directory = new(InstanceDirectory.DefaultInstance, RunningManager.NewRoot());

    private string Scratch => Path.Join(_directory.Path, "rehearsals");

    [Fact]
    public async Task It_plays_to_the_end_and_leaves_nothing_behind()
    {
        _directory.Create();
        Assert.True(await HandOverRehearsal.PlayAsync(_directory));
        Assert.Empty(Directory.GetFileSystemEntries(Scratch));
        Assert.Empty(_directory.AllTables());
    }

    [Fact]
    public async Task A_manager_removes_what_a_killed_rehearsal_has_left()
    {
        _directory.Create();
        var left = Directory.CreateDirectory(Path.Join(Scratch, "0123abcd", "tables"));
        File.WriteAllText(Path.Join(left.FullName, "rehearsal.1.ets"), "");
        File.WriteAllText(Path.Join(Scratch, "0123abcd.lock"), "");
        await using (await RunningManager.StartAsync(root: _directory.Root))
        {
            Assert.False(Directory.Exists(Path.Join(Scratch, "0123abcd")));
            Assert.False(File.Exists(Path.Join(Scratch, "0123abcd.lock")));
        }
    }

    [Fact]
    public async Task Where_it_cannot_be_played_the_manager_serves_all_the_same()
    {
        _directory.Create();
        File.WriteAllText(Scratch, "no directory");
        Assert.False(await HandOverRehearsal.PlayAsync(_directory));
        await using var manager = await RunningManager.StartAsync(root: _directory.Root);
        await using var worker = await manager.ConnectAsync();
        Assert.True(worker.IsConnected);
    }

    public void Dispose()
    {
        if (Directory.Exists(_directory.Root)) Directory.Delete(_directory.Root, recursive: true);
    }
}
