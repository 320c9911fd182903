namespace EtsPersist.Mmf.Manager.Dispatching;

/// <summary>
/// A few threads that run the work of all tables. Their own, not the pool's: what a dead owner's table waits for must not queue behind
/// anything else, and a slow recovery holds up one table. Asleep while there is nothing to do.
/// </summary>
internal sealed class Dispatcher : IDisposable
{
    private readonly WorkQueue<SerialQueue> _ready = new();
    private readonly Thread[] _threads;
    private readonly CountdownEvent _guests = new(initialCount: 1);
    private int _unfinished;

    public Dispatcher()
    {
        _threads = new Thread[Math.Clamp(Environment.ProcessorCount, 4, 16)];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Run) { IsBackground = true, Name = $"etspersist tables {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Has a queue run by the next free thread. Nothing happens after disposal: what is undone the next manager finds in the files.</summary>
    public void Schedule(SerialQueue queue)
    {
        Interlocked.Increment(ref _unfinished);
        _ready.Add(queue);
    }

    /// <summary>Whether the threads have nothing to do and do nothing: what has led to further work is finished only behind its scheduling.</summary>
    public bool IsAtRest => Volatile.Read(ref _unfinished) == 0;

    /// <summary>Lets another thread run a queue by itself, until <see cref="Leave"/>; false after disposal, which waits for those inside.</summary>
    public bool TryEnter() => _guests.TryAddCount();

    public void Leave() => _guests.Signal();

    /// <summary>Runs what is scheduled and ends the threads.</summary>
    public void Dispose()
    {
        _ready.Complete();
        foreach (var thread in _threads) thread.Join();
        _guests.Signal();
        _guests.Wait();
        _ready.Dispose();
    }

    private void Run()
    {
        while (_ready.TryTake(out var queue))
        {
            queue.RunPosted();
            Interlocked.Decrement(ref _unfinished);
        }
    }
}
