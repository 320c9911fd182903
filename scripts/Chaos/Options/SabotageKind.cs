namespace EtsPersist.Mmf.Chaos;

/// <summary>The guarantee that a run breaks on purpose, to show that it would notice.</summary>
internal enum SabotageKind
{
    /// <summary>None: the workers are the sample itself.</summary>
    None,

    /// <summary>Workers acknowledge a batch that they did not commit.</summary>
    Lost,

    /// <summary>Workers commit counts and position as two operations and die between them.</summary>
    Torn,

    /// <summary>Workers go on committing after the table went to another.</summary>
    DoubleOwners,
}
