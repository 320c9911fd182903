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
    private int _quiet;
    private volatile bool _isComplete;

    /// <summary>Whether there is nothing at the moment.</summary>
    public bool IsEmpty => _items.IsEmpty;

    /// <summary>Adds to the end without waking a taker: the next <see cref="Add"/> or <see cref="Wake"/> does.</summary>
    public void AddQuietly(T item)
    {
        if (_isComplete) return;
        _items.Enqueue(item);
        Interlocked.Increment(ref _quiet);
    }

    /// <summary>Wakes takers for what was added quietly.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _quiet, 0) is > 0 and var added) Release(added);
    }

    /// <summary>Adds to the end; once no more is taken, it does nothing.</summary>
    public void Add(T item)
    {
        if (_isComplete) return;
        _items.Enqueue(item);
        Release(1 + Interlocked.Exchange(ref _quiet, 0));
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
        Release(1 + Interlocked.Exchange(ref _quiet, 0));
    }

    /// <summary>Nobody takes any more.</summary>
    public void Dispose() => _available.Dispose();

    private void Release(int count)
    {
        try
        {
            _available.Release(count);
        }
        catch (ObjectDisposedException)
        {
            // The end has come meanwhile.
        }
    }
}
