namespace EtsPersist.Mmf.Soak;

/// <summary>The guarantee that a run breaks on purpose, to show that it would notice.</summary>
internal enum Sabotage
{
    /// <summary>None.</summary>
    None,

    /// <summary>Writers acknowledge operations that they did not do.</summary>
    Lost,

    /// <summary>Writers store values of which one bit is wrong.</summary>
    Torn,

    /// <summary>A list of free blocks is erased in a table's file.</summary>
    Leaked,

    /// <summary>Owners go on writing after the table went to another.</summary>
    DoubleOwners,
}
