using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Session;

/// <summary>A table that this worker has accepted, until it is released.</summary>
internal sealed class OwnedTableHandle(WorkerSession session, string table, uint epoch, TableFile file)
{
    private IAsyncDisposable? _table;
    private int _isReleased;

    public string Table { get; } = table;

    public uint Epoch { get; } = epoch;

    public TableFile File { get; } = file;

    /// <summary>The table that the worker's code sees; disposing it releases.</summary>
    public void Attach(IAsyncDisposable table) => _table = table;

    /// <summary>Lets the table go and tells the manager; once. Waits for this process's own writers in flight.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) != 0) return;
        try
        {
            File.TryRelease(Epoch);
        }
        catch (TableDroppedException)
        {
            // There is nothing left to hand over.
        }
        finally
        {
            session.OnReleased(this);
        }
    }

    /// <summary><see cref="Release"/> in the form that tables call.</summary>
    public ValueTask ReleaseAsync()
    {
        Release();
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets the table go where no table of rows came to be.</summary>
    public void ReleaseAndClose()
    {
        Release();
        File.Dispose();
    }

    /// <summary>Disposes the table of rows, which releases.</summary>
    public ValueTask CloseAsync() => _table?.DisposeAsync() ?? ReleaseAsync();

    /// <summary>Lets the table go from the session's thread, which must not wait.</summary>
    public void ReleaseInBackground() => session.Track(Task.Run(async () => await CloseAsync().ConfigureAwait(false)));
}
