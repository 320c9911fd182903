namespace EtsPersist.Mmf.Soak;

/// <summary>What a process was doing when it was killed, as the files show it right behind the signal.</summary>
internal enum KillMoment
{
    /// <summary>It opened a table, took a slot, or registered, and had not done anything else yet.</summary>
    Arriving,

    /// <summary>It changed one row: from the first entry in its journal to the last. Waiting for another's lock is part of that.</summary>
    Row,

    /// <summary>It was in a batch: building, placing or settling it.</summary>
    Batch,

    /// <summary>It made the table grow: a split of a bucket or of a node, or blocks taken from or given to what all share.</summary>
    Growth,

    /// <summary>It was reading.</summary>
    Read,

    /// <summary>It was a recoverer, and a dead writer was found or waited to be found, and not settled yet.</summary>
    Recovery,

    /// <summary>The table was between two owners, and it a candidate or the manager.</summary>
    HandOff,

    /// <summary>It was between two operations, waited for a table, or stood by.</summary>
    Between,
}
