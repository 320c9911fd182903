using System.Diagnostics.CodeAnalysis;

namespace EtsPersist.Mmf.Session;

/// <summary>
/// Goes on with the callers of OwnAsync when their tables arrive. A thread waits for that beforehand: the pool's may have ended for want of
/// work, and to start one takes as long as the rest of a hand-over.
/// </summary>
/// <remarks>
/// Threads: any. Blocking: none. A caller may keep its thread for as long as it likes, as one that works through without awaiting anything does;
/// the next <see cref="Prepare"/> makes another one. At most one waits.
/// </remarks>
internal sealed class ArrivalThreads : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<Action> _arrivals = [];
    private int _waiting;
    private bool _isDisposed;

    /// <summary>Sees to it that a thread waits.</summary>
    public void Prepare()
    {
        lock (_gate)
        {
            if (_waiting > 0 || _isDisposed) return;
            _waiting = 1;
        }
        new Thread(Run) { IsBackground = true, Name = "etspersist arrival" }.Start();
    }

    /// <summary>Has a waiting thread go on with a caller, or one of the pool where none waits.</summary>
    public void Post(Action arrival)
    {
        lock (_gate)
        {
            if (_waiting > 0)
            {
                _waiting--;
                _arrivals.Enqueue(arrival);
                Monitor.Pulse(_gate);
                return;
            }
        }
        ThreadPool.UnsafeQueueUserWorkItem(static posted => posted(), arrival, preferLocal: false);
    }

    /// <summary>Ends the waiting thread. One that goes on with a caller ends with that.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Run()
    {
        while (TryTake(out var arrival))
        {
            arrival();
            lock (_gate)
            {
                if (_waiting > 0) return; // Another one has come in its place.
                _waiting = 1;
            }
        }
    }

    /// <summary>What a thread that is counted as waiting takes; to be given something uncounts it.</summary>
    private bool TryTake([NotNullWhen(true)] out Action? arrival)
    {
        lock (_gate)
        {
            while (!_arrivals.TryDequeue(out arrival))
            {
                if (_isDisposed) return false;
                Monitor.Wait(_gate);
            }
            return true;
        }
    }
}
