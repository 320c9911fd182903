namespace EtsPersist.Mmf.Manager.Steps;

/// <summary>The moments between which a kill leaves something in the files for the next manager to finish or undo. Tests stop a manager at each.</summary>
internal enum ManagerStep
{
    /// <summary>Creating: a definition without a table is left.</summary>
    DefinitionWritten,

    /// <summary>Creating: a table that nobody has been told of.</summary>
    TableMade,

    /// <summary>Renaming: a definition under the new name, without a table.</summary>
    RenameDefined,

    /// <summary>Renaming: a table that is found under its new name and tells the old one to those who have it open; two definitions.</summary>
    TableMoved,

    /// <summary>Renaming: the definition under the old name, without a table.</summary>
    NameWritten,

    /// <summary>Dropping: a table that says that it is dropped.</summary>
    DropMarked,

    /// <summary>Dropping: a definition without a table.</summary>
    TableUnlinked,

    /// <summary>What is kept of a table's past has been written, and nobody been told.</summary>
    StandingWritten,

    /// <summary>Handing over: a table in recovery.</summary>
    RecoveryBegun,

    /// <summary>Handing over: a table in recovery whose dead writers are decided.</summary>
    DeadDecided,

    /// <summary>Handing over: a table that nobody owns.</summary>
    RecoveryFinished,

    /// <summary>Handing over: an offer of which no worker knows.</summary>
    OfferMade,

    /// <summary>Handing over: a table whose offer has been taken back.</summary>
    OfferWithdrawn,
}
