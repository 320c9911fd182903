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
}
