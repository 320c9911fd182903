namespace EtsPersist.Mmf.Session;

/// <summary>A call of OwnAsync for rows of given types.</summary>
internal sealed class TypedClaim<TTable>(string table, EtsTableOptions? options, TableFace<TTable> face) : PendingClaim(table, options)
    where TTable : IAsyncDisposable
{
    // Whoever completes it goes on with the caller, so it is never completed under a lock or by a thread that has something else to do.
    private readonly TaskCompletionSource<TTable> _completion = new();

    public Task<TTable> Task => _completion.Task;

    public TableFace<TTable> Face => face;

    public override Action? Complete(OwnedTableHandle handle, Transfer transfer)
    {
        TTable table;
        try
        {
            table = face.Create(handle.File, transfer, handle.ReleaseAsync);
        }
        catch (Exception error)
        {
            // Rows of other types, for instance: the table goes to the next worker rather than stay with one that cannot use it.
            handle.ReleaseAndClose();
            Fail(error);
            return null;
        }
        handle.Attach(table);
        return () =>
        {
            if (!_completion.TrySetResult(table)) handle.ReleaseInBackground();
        };
    }

    public override void Fail(Exception error) => ThreadPool.UnsafeQueueUserWorkItem(
        static failed => failed.Completion.TrySetException(failed.Error), (Completion: _completion, Error: error), preferLocal: false);

    public void Cancel(CancellationToken cancellationToken) => ThreadPool.UnsafeQueueUserWorkItem(
        static cancelled => cancelled.Completion.TrySetCanceled(cancelled.Token), (Completion: _completion, Token: cancellationToken), preferLocal: false);
}
