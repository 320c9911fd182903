namespace EtsPersist.Mmf.Native;

/// <summary>The states of a table's ownership word.</summary>
public enum OwnershipState : byte
{
    /// <summary>Nobody owns the table; the manager may offer it.</summary>
    Unowned = 0,

    /// <summary>The manager has offered the table under this epoch; the worker that it told may accept.</summary>
    Offered = 1,

    /// <summary>The participant in the named slot owns the table.</summary>
    Owned = 2,

    /// <summary>The owner in the named slot is dead and its journals are being recovered.</summary>
    Recovering = 3,
}
