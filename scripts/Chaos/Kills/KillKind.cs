namespace EtsPersist.Mmf.Chaos;

/// <summary>Which processes one blow hits.</summary>
internal enum KillKind
{
    /// <summary>The owner.</summary>
    Owner,

    /// <summary>A worker that waits.</summary>
    Waiting,

    /// <summary>The owner, and moments later the worker that waited longest: it may be taking over.</summary>
    OwnerAndSuccessor,

    /// <summary>The manager that serves.</summary>
    Manager,

    /// <summary>A manager that stands by.</summary>
    Standby,

    /// <summary>The manager and the owner at once.</summary>
    ManagerAndOwner,
}
