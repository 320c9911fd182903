namespace EtsPersist.Mmf.Session;

/// <summary>
/// Who goes on with a caller of OwnAsync when its table arrives: the thread that has read the offer itself, since to wake another one takes as long
/// as the rest of a hand-over. A second thread waits to take its place at the connection.
/// </summary>
/// <remarks>
/// Threads: any may prepare, one at a time reads. Blocking: none for the connection. A caller may keep its thread for as long as it likes, as one
/// that works through without awaiting anything does; the next <see cref="Prepare"/> makes another one. At most one waits.
/// </remarks>
internal sealed class ArrivalThreads : IDisposable
{
    private readonly AutoResetEvent _woken = new(initialState: false);
    private bool _isWaiting;
    private bool _isCalled;

    /// <summary>Sees to it that a thread waits.</summary>
    /// <param name="read">Reads the connection; what the thread does when it takes the place of another.</param>
    public void Prepare(Action read)
    {
        if (Interlocked.Exchange(ref _isWaiting, true)) return;
        var thread = new Thread(() =>
        {
            if (AwaitCall()) read();
        });
        (thread.IsBackground, thread.Name) = (true, "etspersist session");
        thread.Start();
    }

    /// <summary>Goes on with a caller, on this thread where another one can read meanwhile, else on one of the pool. Returns when that is done.</summary>
    /// <returns>Whether this thread is to read on. If not, another one reads, and this one may wait for its turn.</returns>
    public bool GoOn(Action arrival)
    {
        if (!TryCall())
        {
            ThreadPool.UnsafeQueueUserWorkItem(static caller => caller(), arrival, preferLocal: false);
            return true;
        }
        arrival();
        return false;
    }

    /// <summary>Waits for the place of the one that reads, unless another thread does so already.</summary>
    /// <returns>Whether this thread is to read. If not, another one does, or the session has ended.</returns>
    public bool AwaitTurn() => !Interlocked.Exchange(ref _isWaiting, true) && AwaitCall();

    /// <summary>Ends the waiting thread. The session has ended: nobody reads any more. One that goes on with a caller ends with that.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isWaiting, true)) _woken.Set();
    }

    private bool TryCall()
    {
        if (!Interlocked.Exchange(ref _isWaiting, false)) return false;
        Volatile.Write(ref _isCalled, true);
        _woken.Set();
        return true;
    }

    /// <summary>Whoever is called is not waiting any more, from that moment on; false when nobody will be called.</summary>
    private bool AwaitCall()
    {
        _woken.WaitOne();
        return Interlocked.Exchange(ref _isCalled, false);
    }
}
