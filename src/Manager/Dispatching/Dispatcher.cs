using System.Collections.Concurrent;

namespace EtsPersist.Mmf.Manager.Dispatching;

/// <summary>
/// A few threads that run the work of all tables. Their own, not the pool's: what a dead owner's table waits for must not queue behind
/// anything else, and a slow recovery holds up one table. Asleep while there is nothing to do.
/// </summary>
internal sealed class Dispatcher : IDisposable
{
    private readonly BlockingCollection<SerialQueue> _ready = [];
    private readonly Thread[] _threads;

    public Dispatcher()
    {
        _threads = new Thread[Math.Clamp(Environment.ProcessorCount, 4, 16)];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Run) { IsBackground = true, Name = $"etspersist tables {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Has a queue run by the next free thread. Nothing happens after disposal.</summary>
    public void Schedule(SerialQueue queue)
    {
        try
        {
            _ready.Add(queue);
        }
        catch (InvalidOperationException)
        {
            // The manager stops: what is undone the next one finds in the files.
        }
    }

    /// <summary>Runs what is scheduled and ends the threads.</summary>
    public void Dispose()
    {
        _ready.CompleteAdding();
        foreach (var thread in _threads) thread.Join();
        _ready.Dispose();
    }

    private void Run()
    {
        foreach (var queue in _ready.GetConsumingEnumerable()) queue.RunPosted();
    }
}
