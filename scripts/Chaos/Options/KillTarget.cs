namespace EtsPersist.Mmf.Chaos;

/// <summary>Who is killed.</summary>
internal enum KillTarget
{
    /// <summary>The worker that owns the table.</summary>
    Owner,

    /// <summary>Any worker, the owner among them.</summary>
    Random,

    /// <summary>The manager that serves.</summary>
    Manager,

    /// <summary>Every kind of process, also two at once.</summary>
    All,
}
