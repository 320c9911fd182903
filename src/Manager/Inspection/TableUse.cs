namespace EtsPersist.Mmf.Manager.Inspection;

/// <summary>What a process does with a table.</summary>
internal enum TableUse
{
    /// <summary>It owns the table.</summary>
    Owner,

    /// <summary>It has a writer's slot.</summary>
    Writer,

    /// <summary>It has the file mapped and no slot.</summary>
    Reader,
}
