namespace EtsPersist.Mmf;

/// <summary>How a table's stored schema and a program's own relate.</summary>
public enum SchemaRelation
{
    /// <summary>They are the same.</summary>
    Same,

    /// <summary>
    /// The program has members at the end that the stored schema lacks; a writer extends the stored schema before it writes.
    /// </summary>
    StoredIsOlder,

    /// <summary>The stored schema has members at the end that the program lacks; it ignores them.</summary>
    StoredIsNewer,
}
