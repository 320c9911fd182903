using EtsPersist.Mmf.Session;

namespace EtsPersist.Mmf.Client.Tests.Session;

public sealed class ArrivalThreadsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void The_thread_that_read_goes_on_with_the_caller_and_another_one_reads()
    {
        using var threads = new ArrivalThreads();
        using var reads = new ManualResetEventSlim();
        threads.Prepare(reads.Set);
        var caller = 0;
        var reader = Start(() => threads.GoOn(() =>
        {
            Assert.True(reads.Wait(Patience));
            caller = Environment.CurrentManagedThreadId;
            threads.Prepare(() => { });
        }));
        Assert.True(reader.Join(Patience));
        Assert.Equal(reader.ManagedThreadId, caller);
    }

    [Fact]
    public async Task Without_a_waiting_thread_the_pool_goes_on_and_the_thread_that_read_reads_on()
    {
        using var threads = new ArrivalThreads();
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(threads.GoOn(() => done.SetResult(Thread.CurrentThread.IsThreadPoolThread)));
        Assert.True(await done.Task.WaitAsync(Patience));
    }

    [Fact]
    public void A_thread_whose_caller_is_done_waits_to_read_again()
    {
        using var threads = new ArrivalThreads();
        using var reads = new ManualResetEventSlim();
        threads.Prepare(() =>
        {
            while (!reads.IsSet) // Its turn to go on with callers, until the other one reads.
            {
                if (!threads.GoOn(() => { })) threads.AwaitTurn();
            }
        });
        var readsOn = false;
        var reader = Start(() =>
        {
            readsOn = !threads.GoOn(() => { }) && threads.AwaitTurn();
            reads.Set();
        });
        Assert.True(reads.Wait(Patience));
        Assert.True(readsOn);
        threads.Dispose();
        Assert.True(reader.Join(Patience));
    }

    [Fact]
    public void Where_another_one_waits_already_a_thread_ends_with_its_caller()
    {
        using var threads = new ArrivalThreads();
        threads.Prepare(() => { });
        Assert.False(threads.GoOn(() => threads.Prepare(() => { })));
        Assert.False(threads.AwaitTurn());
    }

    [Fact]
    public void At_the_end_the_waiting_thread_reads_nothing()
    {
        var threads = new ArrivalThreads();
        using var reads = new ManualResetEventSlim();
        using var isDone = new ManualResetEventSlim();
        threads.Prepare(reads.Set);
        var readsOn = true;
        var reader = Start(() => readsOn = threads.GoOn(() =>
        {
            Assert.True(reads.Wait(Patience)); // The call is the other one's, and no third one will come.
            isDone.Set();
        }) || threads.AwaitTurn());
        Assert.True(isDone.Wait(Patience));
        threads.Dispose();
        Assert.True(reader.Join(Patience));
        Assert.False(readsOn);
    }

    private static Thread Start(Action run)
    {
        var thread = new Thread(() => run()) { IsBackground = true };
        thread.Start();
        return thread;
    }
}
