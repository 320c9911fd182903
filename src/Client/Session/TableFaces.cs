namespace EtsPersist.Mmf.Session;

/// <summary>The two faces of tables.</summary>
internal static class TableFaces
{
    /// <summary>Values under keys.</summary>
    public static TableFace<EtsTable<TKey, TValue>> Pairs<TKey, TValue>() =>
        new(static (file, transfer, release) => new EtsTable<TKey, TValue>(file, transfer, release), Rehearsal.PlayAsync<TKey, TValue>);

    /// <summary>Rows with their key inside. Their arrival is that of the same rows under some key.</summary>
    public static TableFace<EtsTable<TRow>> Rows<TRow>() =>
        new(static (file, transfer, release) => new EtsTable<TRow>(file, transfer, release), Rehearsal.PlayAsync<string, TRow>);
}
