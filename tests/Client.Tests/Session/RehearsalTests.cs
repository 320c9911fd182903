using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Session;

namespace EtsPersist.Mmf.Client.Tests.Session;

public sealed class RehearsalTests : IDisposable
{
    private readonly InstanceDirectory _directory = new("rehearsal", Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));

    [Fact]
    public async Task It_plays_to_the_end_and_leaves_no_file_behind()
    {
        _directory.Create();
        Assert.True(await Rehearsal.PlayAsync<string, long>(_directory));
        Assert.True(await Rehearsal.PlayAsync<long, long>(_directory));
        Assert.True(await Rehearsal.PlayAsync<Guid, byte[]>(_directory));
        Assert.True(await Rehearsal.PlayAsync<byte[], string>(_directory));
        Assert.False(await Rehearsal.PlayAsync<string, (long, string)>(_directory)); // there is no sample of such a value
        var left = Directory.GetFiles(_directory.TablesPath);
        if (OperatingSystem.IsWindows()) Assert.All(left, file => Assert.True(TableFile.IsUnfinished(file))); // still mapped
        else Assert.Empty(left);
    }

    [Fact]
    public async Task Types_that_cannot_be_rows_are_left_to_the_work_to_refuse()
    {
        _directory.Create();
        Assert.False(await Rehearsal.PlayAsync<object, Action>(_directory));
        Assert.Empty(Directory.GetFiles(_directory.TablesPath));
    }

    [Fact]
    public async Task A_file_that_a_new_manager_has_cleared_away_ends_the_rehearsal_and_nothing_else()
    {
        _directory.Create();
        await using var session = new WorkerSession(_directory, "rehearsal", EtsWorkerOptions.Default);
        var gone = new TableLocation("rehearsal", 1, Path.Join(_directory.TablesPath, "rehearsal.gone.new"));
        await Assert.ThrowsAnyAsync<EtsException>(() => session.Rehearse<string, long>(gone, 1).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_directory_that_is_gone_is_left_to_the_work_to_find() => Assert.False(await Rehearsal.PlayAsync<string, int>(_directory));

    public void Dispose()
    {
        if (Directory.Exists(_directory.Root)) Directory.Delete(_directory.Root, recursive: true);
    }
}
