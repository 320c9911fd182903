namespace EtsPersist.Mmf.Session;

/// <summary>
/// Frames on their way to the manager, in the order in which they were queued. To queue never waits, so it is done under the lock that sets the order;
/// the stream is written to outside of it, by one thread at a time, which also writes what others queue meanwhile.
/// </summary>
/// <remarks>
/// Protocol: who finds nobody writing and a frame queued becomes the writer; the writer stops being it under the lock under which it found nothing more
/// to write. So a frame that was queued before a flush is written by this one, or by a writer that has yet to look.
/// </remarks>
/// <param name="stream">Where the frames go.</param>
/// <param name="cutOff">Called when more is queued than is ever sent at once: nobody reads. It is to close the stream.</param>
internal sealed class FrameQueue(Stream stream, Action cutOff)
{
    /// <summary>How much may be queued.</summary>
    public const int MaximumQueuedBytes = 16 << 20;

    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _frames = [];
    private long _queuedBytes;
    private bool _isWriting;

    /// <summary>Whether a thread writes just now, or waits for the manager to read.</summary>
    public bool IsWriting
    {
        get
        {
            lock (_gate) return _isWriting;
        }
    }

    /// <summary>Puts a frame behind the others; the caller flushes when it holds no lock any more. Threads: any. Blocking: none.</summary>
    public void Enqueue(byte[] frame)
    {
        bool overflows;
        lock (_gate)
        {
            overflows = _queuedBytes + frame.Length > MaximumQueuedBytes;
            if (!overflows)
            {
                _queuedBytes += frame.Length;
                _frames.Enqueue(frame);
            }
        }
        if (overflows) cutOff();
    }

    /// <summary>Has everything written that is queued. Threads: any. Blocking: for one thread while the stream takes no more; none for all others.</summary>
    public void Flush()
    {
        var isWriter = false;
        try
        {
            while (TryTake(ref isWriter, out var frame)) Write(frame);
        }
        catch
        {
            lock (_gate) _isWriting = false;
            throw;
        }
    }

    private bool TryTake(ref bool isWriter, out byte[] frame)
    {
        lock (_gate)
        {
            var isAnothers = _isWriting && !isWriter;
            if (!isAnothers && _frames.TryDequeue(out frame!))
            {
                _queuedBytes -= frame.Length;
                return isWriter = _isWriting = true;
            }
            if (isWriter) _isWriting = false;
            frame = [];
            return false;
        }
    }

    private void Write(byte[] frame)
    {
        try
        {
            stream.Write(frame);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The connection is gone, or has been closed under the write, which Windows calls cancelled. Its reader learns of it; everything that matters is
            // sent again over the next one.
        }
    }
}
