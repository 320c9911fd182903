using System.Collections.Concurrent;

namespace EtsPersist.Mmf.Manager.Dispatching;

/// <summary>Runs work one piece after the other, in the order of its posting: what belongs to one table needs no lock.</summary>
internal sealed class SerialQueue(Dispatcher dispatcher, Action<Exception> onError)
{
    private readonly ConcurrentQueue<Action> _work = new();
    private int _isScheduled;

    /// <summary>Adds work. Does not block.</summary>
    public void Post(Action work)
    {
        _work.Enqueue(work);
        if (Interlocked.Exchange(ref _isScheduled, 1) == 0) dispatcher.Schedule(this);
    }

    /// <summary>Does the work at once, on the calling thread, where the queue has nothing else to do: that saves a thread's wake-up. Else adds it.</summary>
    public void Run(Action work)
    {
        if (!dispatcher.TryEnter()) return; // the manager stops
        if (Interlocked.Exchange(ref _isScheduled, 1) != 0) Post(work);
        else
        {
            Do(work);
            if (!TryRest()) dispatcher.Schedule(this); // for what was posted meanwhile
        }
        dispatcher.Leave();
    }

    /// <summary>Adds work whose result or error the caller awaits.</summary>
    public Task<T> InvokeAsync<T>(Func<T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                completion.SetResult(work());
            }
            catch (Exception error)
            {
                completion.SetException(error);
            }
        });
        return completion.Task;
    }

    /// <summary>Called by the dispatcher, by one thread at a time.</summary>
    internal void RunPosted()
    {
        do
        {
            while (_work.TryDequeue(out var work)) Do(work);
        }
        while (!TryRest());
    }

    private void Do(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error)
        {
            onError(error);
        }
    }

    /// <summary>The caller lets go of the queue; false if there is work, which is the caller's again.</summary>
    private bool TryRest()
    {
        Volatile.Write(ref _isScheduled, 0);
        // Work that was posted between the last look and the store found the queue scheduled.
        Interlocked.MemoryBarrier();
        return _work.IsEmpty || Interlocked.Exchange(ref _isScheduled, 1) != 0;
    }
}
