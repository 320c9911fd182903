using System.Diagnostics.CodeAnalysis;

namespace EtsPersist.Mmf.Manager.Dispatching;

/// <summary>
/// A queue whose takers sleep as soon as there is nothing. The base library's spin first; on a machine of few processors that keeps those waiting
/// who are to bring something, a table's next owner among them.
/// </summary>
/// <remarks>Threads: any. Blocking: <see cref="TryTake"/> alone. Memory: what a flood has taken is given back behind it.</remarks>
internal sealed class WorkQueue<T> : IDisposable
{
    private const int CapacityKept = 256;

    private readonly Lock _gate = new();
    private readonly Queue<T> _items = [];
    private readonly Semaphore _available = new(0, int.MaxValue);
    private int _quiet;
    private bool _isComplete;

    /// <summary>Whether there is nothing at the moment.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate) return _items.Count == 0;
        }
    }

    /// <summary>Adds to the end; once no more is taken, it does nothing.</summary>
    public void Add(T item)
    {
        AddQuietly(item);
        Wake();
    }

    /// <summary>Adds to the end without waking a taker: the next <see cref="Add"/> or <see cref="Wake"/> does.</summary>
    public void AddQuietly(T item)
    {
        lock (_gate)
        {
            if (_isComplete) return;
            _items.Enqueue(item);
            _quiet++;
        }
    }

    /// <summary>Wakes takers for what was added quietly. Not under the gate: whoever wakes would wait for it.</summary>
    public void Wake()
    {
        int added;
        lock (_gate) (added, _quiet) = (_quiet, 0);
        if (added == 0) return;
        try
        {
            _available.Release(added);
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
        lock (_gate)
        {
            if (_items.TryDequeue(out item))
            {
                if (_items.Count == 0 && _items.Capacity > CapacityKept) _items.TrimExcess(CapacityKept);
                return true;
            }
        }
        _available.Release(); // It was the end that woke this taker; the next one is to learn of it, too.
        return false;
    }

    /// <summary>Nothing comes any more. What is there is still taken.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            _quiet++; // one more than there are items: that is the end
        }
        Wake();
    }

    /// <summary>Nobody takes any more.</summary>
    public void Dispose() => _available.Dispose();
}
