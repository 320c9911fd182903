namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>How the next owner is picked among the workers that wait for a table.</summary>
internal enum FindMeRule
{
    /// <summary>The one that has waited longest.</summary>
    Oldest,
}
