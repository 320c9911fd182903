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

    /// <summary>Two writers, and moments later the recoverer, which may be settling them.</summary>
    WritersAndRecoverer,

    /// <summary>A reader.</summary>
    Reader,

    /// <summary>A worker: the owner, or one that waits or takes over.</summary>
    Worker,

    /// <summary>Two workers, moments apart: the second may be taking over from the first.</summary>
    TwoWorkers,

    /// <summary>A manager: the one that serves, or one that stands by.</summary>
    Manager,

    /// <summary>A worker, and moments later a manager, which may be handing the table over.</summary>
    WorkerAndManager,
}
