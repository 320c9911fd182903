namespace EtsPersist.Mmf.Soak;

/// <summary>Whom one blow hits.</summary>
internal enum BlowKind
{
    /// <summary>A writer.</summary>
    Writer,

    /// <summary>Two writers, moments apart: the second may be settling the first.</summary>
    TwoWriters,

    /// <summary>Three writers, moments apart.</summary>
    ThreeWriters,

    /// <summary>A writer, and its successor while it attaches.</summary>
    ArrivingWriter,

    /// <summary>Two writers, and the recoverer once it has found one of them dead.</summary>
    WritersAndRecoverer,

    /// <summary>A reader.</summary>
    Reader,

    /// <summary>A worker: the owner, or one that waits.</summary>
    Worker,

    /// <summary>The owner.</summary>
    Owner,

    /// <summary>The owner, and another worker once the table is on its way: the successor, or one that is passed over.</summary>
    OwnerAndSuccessor,

    /// <summary>A manager: the one that serves, or one that stands by.</summary>
    Manager,

    /// <summary>The owner, and the manager that serves once it hands the table over.</summary>
    OwnerAndManager,
}
