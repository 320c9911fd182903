using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native.Tests.Os;

public sealed class LockFileTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public LockFileTests() => _path = _folder["manager.lock"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_one_holds_it_and_the_file_stays()
    {
        Assert.True(LockFile.TryAcquire(_path, out var one));
        Assert.Equal(_path, one.Path);
        Assert.False(LockFile.TryAcquire(_path, out var other));
        Assert.Null(other);
        one.Dispose();
        Assert.True(File.Exists(_path));
        Assert.True(LockFile.TryAcquire(_path, out other));
        other.Dispose();
    }

    [Fact]
    public async Task A_waiter_gets_it_when_the_holder_gives_it_back()
    {
        Assert.True(LockFile.TryAcquire(_path, out var one));
        var waiting = LockFile.AcquireAsync(_path);
        Assert.False(waiting.IsCompleted);
        one.Dispose();
        using var other = await waiting.WaitAsync(Limit);
        Assert.False(LockFile.TryAcquire(_path, out _));
    }

    [Fact]
    public async Task A_free_lock_is_got_without_waiting()
    {
        var acquiring = LockFile.AcquireAsync(_path);
        Assert.True(acquiring.IsCompletedSuccessfully);
        (await acquiring).Dispose();
    }

    [Fact]
    public async Task A_cancelled_waiter_leaves_the_lock_to_the_next()
    {
        Assert.True(LockFile.TryAcquire(_path, out var one));
        using var cancellation = new CancellationTokenSource();
        var cancelled = LockFile.AcquireAsync(_path, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Limit));

        var next = LockFile.AcquireAsync(_path);
        one.Dispose();
        (await next.WaitAsync(Limit)).Dispose();
    }

    [Fact]
    public async Task An_already_cancelled_token_takes_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LockFile.AcquireAsync(_path, new CancellationToken(canceled: true)));
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public async Task Of_many_waiters_each_holds_it_once_and_alone()
    {
        var holders = 0;
        var turns = Enumerable.Range(0, 20).Select(async _ =>
        {
            using var held = await LockFile.AcquireAsync(_path).WaitAsync(Limit);
            Assert.Equal(1, Interlocked.Increment(ref holders));
            Interlocked.Decrement(ref holders);
        });
        await Task.WhenAll(turns);
    }

    [Fact]
    public void A_child_process_does_not_inherit_it()
    {
        Assert.True(LockFile.TryAcquire(_path, out var one));
        using var child = Commands.Sleep();
        one.Dispose();
        Assert.True(LockFile.TryAcquire(_path, out var other));
        other.Dispose();
        child.Kill();
        child.WaitForExit();
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_that_says_so() => Assert.Contains("directory", Assert.Throws<SystemCallException>(
        () => LockFile.TryAcquire(_folder["none/manager.lock"], out _)).Message, StringComparison.Ordinal);

    [LinuxFact("symbolic links without a privilege")]
    public void A_symbolic_link_is_refused()
    {
        File.CreateSymbolicLink(_folder["link.lock"], _path);
        Assert.Contains("symbolic link", Assert.Throws<SystemCallException>(
            () => LockFile.TryAcquire(_folder["link.lock"], out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_made_for_its_user_alone()
    {
        Assert.True(LockFile.TryAcquire(_path, out var one));
        using (one)
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_path));
        }
    }
}
