using EtsPersist.Mmf.Session;
using Microsoft.Extensions.Time.Testing;

namespace EtsPersist.Mmf.Client.Tests.Session;

public sealed class TurnsTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task What_is_begun_side_by_side_ends_in_the_order_in_which_it_was_begun()
    {
        var turns = new Turns(Longest, _time);
        var firstGoes = new TaskCompletionSource();
        var ended = new List<int>();
        var first = turns.Take(async turn =>
        {
            await firstGoes.Task;
            await turn;
            ended.Add(1);
        });
        var secondIsReady = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = turns.Take(async turn =>
        {
            secondIsReady.SetResult();
            await turn;
            ended.Add(2);
        });
        await secondIsReady.Task.WaitAsync(Patience);
        firstGoes.SetResult();
        await Task.WhenAll(first, second).WaitAsync(Patience);
        Assert.Equal([1, 2], ended);
    }

    [Fact]
    public async Task One_that_is_stuck_holds_up_those_behind_it_for_the_longest_time_and_no_longer()
    {
        var turns = new Turns(Longest, _time);
        var stuck = new TaskCompletionSource();
        _ = turns.Take(_ => stuck.Task);
        var secondTurn = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = turns.Take(turn =>
        {
            secondTurn.SetResult(turn);
            return turn;
        });
        var turn = await secondTurn.Task.WaitAsync(Patience);
        _time.Advance(Longest - TimeSpan.FromMilliseconds(1));
        Assert.False(turn.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await second.WaitAsync(Patience);
    }

    [Fact]
    public async Task One_that_fails_is_over_for_those_behind_it()
    {
        var turns = new Turns(Longest, _time);
        var first = turns.Take(_ => Task.FromException(new InvalidOperationException()));
        await turns.Take(turn => turn).WaitAsync(Patience);
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
    }
}
