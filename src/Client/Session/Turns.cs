namespace EtsPersist.Mmf.Session;

/// <summary>
/// Work that is begun side by side and ends one after the other, in the order in which it was begun. What one prepares holds nobody up; what it does when its turn
/// has come holds up those behind it, and one that is stuck does so for a time only.
/// </summary>
/// <remarks>Threads: one begins work. Failure: that of one is its own, and its end.</remarks>
/// <param name="longest">How long one may take once its turn has come.</param>
/// <param name="time">The clock that this goes by; null for the system's.</param>
internal sealed class Turns(TimeSpan longest, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private Task _before = Task.CompletedTask;

    /// <summary>Begins work on the pool.</summary>
    /// <param name="work">What to do; it gets a task that completes when its turn has come.</param>
    public Task Take(Func<Task, Task> work)
    {
        var before = _before;
        var working = Task.Run(() => work(before));
        _before = EndAsync(before, working);
        return working;
    }

    private async Task EndAsync(Task before, Task working)
    {
        await before.ConfigureAwait(false);
        await working.WaitAsync(longest, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
