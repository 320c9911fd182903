namespace EtsPersist.Mmf.Session;

/// <summary>A call of OwnAsync for rows of given types.</summary>
internal sealed class TypedClaim<TKey, TValue>(string table, EtsTableOptions? options) : PendingClaim(table, options)
{
    // The caller goes on elsewhere: the session's thread has offers of other tables to answer.
    private readonly TaskCompletionSource<EtsTable<TKey, TValue>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<EtsTable<TKey, TValue>> Task => _completion.Task;

    public override void Complete(OwnedTableHandle handle, Transfer transfer)
    {
        EtsTable<TKey, TValue> table;
        try
        {
            table = OwnedTableFactory.Create<TKey, TValue>(handle, transfer);
        }
        catch (Exception error)
        {
            // Rows of other types, for instance: the table goes to the next worker rather than stay with one that cannot use it.
            handle.ReleaseAndClose();
            Fail(error);
            return;
        }
        handle.Attach(table);
        if (!_completion.TrySetResult(table)) handle.ReleaseInBackground();
    }

    public override void Fail(Exception error) => _completion.TrySetException(error);

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}
