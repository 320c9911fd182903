using EtsPersist.Mmf.Manager.Dispatching;

namespace EtsPersist.Mmf.Manager.Tests.Dispatching;

public sealed class WorkQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_several_add_several_take_once()
    {
        using var queue = new WorkQueue<int>();
        var takers = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(() => TakeAll(queue), TaskCreationOptions.LongRunning)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(adder => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++) queue.Add((1000 * adder) + i);
        })));
        queue.Complete();
        var taken = await Task.WhenAll(takers).WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(0, 4000), taken.SelectMany(some => some).Order());
    }

    [Fact]
    public void After_the_end_what_is_there_is_still_taken_and_nothing_more_is_added()
    {
        using var queue = new WorkQueue<int>();
        queue.Add(1);
        queue.Complete();
        queue.Add(2);
        Assert.Equal([1], TakeAll(queue));
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public async Task What_is_added_quietly_is_taken_once_somebody_wakes_the_takers()
    {
        using var queue = new WorkQueue<int>();
        var taker = Task.Factory.StartNew(() => queue.TryTake(out var first) && queue.TryTake(out var second) ? (first, second) : (0, 0), TaskCreationOptions.LongRunning);
        queue.AddQuietly(1);
        queue.AddQuietly(2);
        Assert.False(queue.IsEmpty);
        queue.Wake();
        Assert.Equal((1, 2), await taker.WaitAsync(Patience));
        queue.AddQuietly(3);
        queue.Complete();
        Assert.Equal([3], TakeAll(queue));
    }

    private static List<int> TakeAll(WorkQueue<int> queue)
    {
        var taken = new List<int>();
        while (queue.TryTake(out var item)) taken.Add(item);
        return taken;
    }
}
