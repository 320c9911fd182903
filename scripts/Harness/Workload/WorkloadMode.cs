namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>What a writer does.</summary>
internal enum WorkloadMode
{
    /// <summary>A new row with every operation.</summary>
    Insert,

    /// <summary>Replaces rows by shorter and longer ones.</summary>
    Overwrite,

    /// <summary>Inserts, deletes and takes rows.</summary>
    Delete,

    /// <summary>Adds to counters.</summary>
    Counter,

    /// <summary>Batches of inserts, deletes and counters.</summary>
    Batch,

    /// <summary>All of these.</summary>
    Mixed,

    /// <summary>As mixed, without new rows, and also rows and counters that all writers share.</summary>
    Shared,
}
