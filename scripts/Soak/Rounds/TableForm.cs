namespace EtsPersist.Mmf.Soak;

/// <summary>The public tables of a round: one of each way in which rows are kept.</summary>
internal enum TableForm
{
    /// <summary>A set whose rows lie in the buckets.</summary>
    Entries,

    /// <summary>A set of records.</summary>
    Records,

    /// <summary>An ordered set.</summary>
    Ordered,
}
