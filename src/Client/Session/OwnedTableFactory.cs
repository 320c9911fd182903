namespace EtsPersist.Mmf.Session;

/// <summary>The one place where the session makes tables of rows.</summary>
internal static class OwnedTableFactory
{
    /// <summary>Makes the table of a transfer. It disposes the file itself, after it has called the release.</summary>
    public static EtsTable<TKey, TValue> Create<TKey, TValue>(OwnedTableHandle handle, Transfer transfer) =>
        new(handle.File, transfer, handle.ReleaseAsync);

    /// <summary>Has the code compiled that the table needs when it arrives.</summary>
    public static void WarmUp<TKey, TValue>()
    {
        CodeWarmUp.PrepareEngine();
        CodeWarmUp.Prepare(
            typeof(TypedClaim<TKey, TValue>),
            typeof(EtsTable<TKey, TValue>),
            typeof(EtsBatch<TKey, TValue>),
            Codecs.ForKey<TKey>().GetType(),
            Codecs.ForValue<TValue>().GetType());
    }
}
