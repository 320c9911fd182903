using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace EtsPersist.Mmf.Manager.Dispatching;

/// <summary>
/// A queue whose takers sleep as soon as there is nothing. The base library's spin first; on a machine of few processors that keeps those waiting
/// who are to bring something, a table's next owner among them.
/// </summary>
/// <remarks>Threads: any. Blocking: <see cref="TryTake"/> alone.</remarks>
internal sealed class WorkQueue<T> : IDisposable
{
    private readonly ConcurrentQueue<T> _items = [];
    private readonly Semaphore _available = new(0, int.MaxValue);
    private volatile bool _isComplete;

    /// <summary>Whether there is nothing at the moment.</summary>
    public bool IsEmpty => _items.IsEmpty;

    /// <summary>Adds to the end; once no more is taken, it does nothing.</summary>
    public void Add(T item)
    {
        if (_isComplete) return;
        _items.Enqueue(item);
        try
        {
            _available.Release();
        }
        catch (ObjectDisposedException)
        {
            // The end has come meanwhile.
        }
    }

    /// <summary>Takes from the front, and waits for it; false when nothing will come any more.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        _available.WaitOne();
        if (_items.TryDequeue(out item)) return true;
        _available.Release(); // It was the end that woke this taker; the next one is to learn of it, too.
        return false;
    }

    /// <summary>Nothing comes any more. What is there is still taken.</summary>
    public void Complete()
    {
        _isComplete = true;
        _available.Release();
    }

    /// <summary>Nobody takes any more.</summary>
    public void Dispose() => _available.Dispose();
}
