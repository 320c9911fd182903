using EtsPersist.Mmf.Session;

namespace EtsPersist.Mmf.Client.Tests.Session;

public sealed class ArrivalThreadsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_prepared_thread_goes_on_with_the_caller()
    {
        using var threads = new ArrivalThreads();
        threads.Prepare();
        Assert.False(await RunsOnPool(threads));
    }

    [Fact]
    public async Task Without_a_waiting_thread_the_pool_goes_on() => Assert.True(await RunsOnPool(new ArrivalThreads()));

    [Fact]
    public async Task A_caller_that_keeps_its_thread_holds_nobody_up()
    {
        using var threads = new ArrivalThreads();
        using var finish = new ManualResetEventSlim();
        threads.Prepare();
        threads.Post(finish.Wait);
        threads.Prepare();
        Assert.False(await RunsOnPool(threads));
        finish.Set();
    }

    [Fact]
    public async Task What_was_posted_before_the_end_is_still_done()
    {
        var threads = new ArrivalThreads();
        threads.Prepare();
        var done = RunsOnPool(threads);
        threads.Dispose();
        Assert.False(await done);
    }

    private static Task<bool> RunsOnPool(ArrivalThreads threads)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        threads.Post(() => done.SetResult(Thread.CurrentThread.IsThreadPoolThread));
        return done.Task.WaitAsync(Patience);
    }
}
