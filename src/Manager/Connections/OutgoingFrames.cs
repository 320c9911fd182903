namespace EtsPersist.Mmf.Manager.Connections;

/// <summary>
/// Sends frames without ever waiting for the one who reads them: as long as the kernel takes bytes, a frame is written by the caller itself; a
/// client that does not read has its frames queued up to a limit, and is then cut off.
/// </summary>
internal sealed class OutgoingFrames(Stream stream, Action cutOff)
{
    private const int MaximumQueuedBytes = 4 << 20;
    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _queued = [];
    private int _queuedBytes;
    private bool _isWriting;
    private bool _isClosed;
    private Task _draining = Task.CompletedTask;

    /// <summary>Sends a frame. Threads: any. Blocking: none. A lost connection is its reader's business.</summary>
    public void Send(byte[] frame)
    {
        var overflows = false;
        lock (_gate)
        {
            if (_isClosed) return;
            if (_isWriting)
            {
                _queuedBytes += frame.Length;
                overflows = _queuedBytes > MaximumQueuedBytes;
                if (overflows) _isClosed = true;
                else _queued.Enqueue(frame);
            }
            else
            {
                _isWriting = true;
                var writing = Begin(frame);
                if (writing.IsCompletedSuccessfully) _isWriting = false;
                else _draining = DrainAsync(writing);
            }
        }
        if (overflows) cutOff();
    }

    /// <summary>Sends no more and waits for what is being written; the stream's disposal ends that.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            _queued.Clear();
            return _draining;
        }
    }

    private ValueTask Begin(byte[] frame)
    {
        try
        {
            return stream.WriteAsync(frame);
        }
        catch (Exception error) when (IsLoss(error))
        {
            return ValueTask.FromException(error);
        }
    }

    private async Task DrainAsync(ValueTask writing)
    {
        try
        {
            await writing.ConfigureAwait(false);
            while (TryDequeue(out var frame)) await stream.WriteAsync(frame).ConfigureAwait(false);
        }
        catch (Exception error) when (IsLoss(error))
        {
            lock (_gate)
            {
                _isClosed = true;
                _queued.Clear();
            }
        }
    }

    private bool TryDequeue(out byte[] frame)
    {
        lock (_gate)
        {
            if (_queued.TryDequeue(out frame!))
            {
                _queuedBytes -= frame.Length;
                return true;
            }
            _isWriting = false;
            return false;
        }
    }

    /// <summary>Windows calls a write cancelled that the stream's disposal has broken off.</summary>
    private static bool IsLoss(Exception error) => error is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException;
}
