namespace EtsPersist.Mmf;

/// <summary>How a table's next owner is found among the registered workers of its role that wait for it.</summary>
public enum FindMeRule : byte
{
    /// <summary>The one that has waited longest.</summary>
    Oldest = 0,

    /// <summary>The one that has waited shortest: after a deploy, the new version.</summary>
    Newest = 1,

    /// <summary>The one of the highest <see cref="EtsWorkerOptions.Priority"/>; of equal ones the one that has waited longest.</summary>
    Priority = 2,

    /// <summary>The one whose process owns the fewest tables; of equal ones the one that has waited longest.</summary>
    FewestTables = 3,
}
