using EtsPersist.Mmf.Manager.Dispatching;

namespace EtsPersist.Mmf.Manager.Tests.Dispatching;

public sealed class SerialQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Work_of_one_queue_runs_in_order_and_never_at_once()
    {
        using var dispatcher = new Dispatcher();
        var queue = new SerialQueue(dispatcher, _ => { });
        var seen = new List<int>();
        var posted = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++)
            {
                lock (dispatcher)
                {
                    var number = posted++;
                    queue.Post(() => seen.Add(number));
                }
            }
        }))).WaitAsync(Patience);
        await queue.InvokeAsync(() => true).WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(0, 20000), seen);
    }

    [Fact]
    public async Task A_queue_that_is_busy_holds_up_no_other()
    {
        using var dispatcher = new Dispatcher();
        using var release = new ManualResetEventSlim();
        var busy = new SerialQueue(dispatcher, _ => { });
        var other = new SerialQueue(dispatcher, _ => { });
        busy.Post(() => release.Wait(Patience));
        Assert.True(await other.InvokeAsync(() => true).WaitAsync(Patience));
        release.Set();
    }

    [Fact]
    public async Task An_error_is_told_and_the_work_behind_it_is_done()
    {
        using var dispatcher = new Dispatcher();
        var errors = new List<Exception>();
        var queue = new SerialQueue(dispatcher, errors.Add);
        queue.Post(() => throw new InvalidDataException());
        Assert.True(await queue.InvokeAsync(() => true).WaitAsync(Patience));
        Assert.IsType<InvalidDataException>(Assert.Single(errors));
        await Assert.ThrowsAsync<InvalidDataException>(() => queue.InvokeAsync<bool>(() => throw new InvalidDataException()).WaitAsync(Patience));
    }

    [Fact]
    public void An_idle_queue_runs_work_on_the_thread_that_brings_it()
    {
        using var dispatcher = new Dispatcher();
        var queue = new SerialQueue(dispatcher, _ => { });
        var thread = 0;
        queue.Run(() => thread = Environment.CurrentManagedThreadId);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public async Task Work_that_is_brought_to_a_busy_queue_waits_its_turn_and_holds_nobody_up()
    {
        using var dispatcher = new Dispatcher();
        using var release = new ManualResetEventSlim();
        var queue = new SerialQueue(dispatcher, _ => { });
        var seen = new List<int>();
        using var runs = new ManualResetEventSlim();
        queue.Post(() =>
        {
            runs.Set();
            release.Wait(Patience);
            seen.Add(1);
        });
        Assert.True(runs.Wait(Patience));
        queue.Run(() => seen.Add(2));
        release.Set();
        await queue.InvokeAsync(() => true).WaitAsync(Patience);
        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public async Task What_is_posted_while_a_thread_of_others_runs_work_is_left_to_the_dispatcher()
    {
        using var dispatcher = new Dispatcher();
        var errors = new List<Exception>();
        var queue = new SerialQueue(dispatcher, errors.Add);
        var posted = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Run(() =>
        {
            queue.Post(() => posted.SetResult(Environment.CurrentManagedThreadId));
            throw new InvalidDataException();
        });
        Assert.NotEqual(Environment.CurrentManagedThreadId, await posted.Task.WaitAsync(Patience));
        Assert.IsType<InvalidDataException>(Assert.Single(errors));
    }

    [Fact]
    public void After_the_end_nothing_runs()
    {
        var dispatcher = new Dispatcher();
        var queue = new SerialQueue(dispatcher, _ => { });
        dispatcher.Dispose();
        queue.Run(() => Assert.Fail("It ran."));
        queue.Post(() => Assert.Fail("It ran."));
    }
}
