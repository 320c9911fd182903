namespace EtsPersist.Mmf.Harness.Records;

/// <summary>What a line of a worker's journal tells.</summary>
internal enum JournalKind
{
    /// <summary>Registered, waits for the table.</summary>
    Waiting,

    /// <summary>The table arrived, with the work done up to the position.</summary>
    Owned,

    /// <summary>A batch that leads to the position is about to be committed.</summary>
    Began,

    /// <summary>The commit returned.</summary>
    Acknowledged,
}
