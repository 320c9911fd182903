namespace EtsPersist.Mmf;

/// <summary>Why a table arrived at its owner.</summary>
public enum TransferReason : byte
{
    /// <summary>The table was just created; nobody owned it before.</summary>
    Created = 1,

    /// <summary>The previous owner's process died; what it had begun is settled.</summary>
    OwnerDied = 2,

    /// <summary>The previous owner let the table go.</summary>
    Released = 3,

    /// <summary>The previous owner named this worker. ETS: <c>give_away/3</c>.</summary>
    GivenAway = 4,

    /// <summary>This worker was the table's heir. ETS: option <c>heir</c>.</summary>
    Inherited = 5,

    /// <summary>A manager that started found the table without a living owner; who owned it last, and how that ended, may be unknown.</summary>
    ManagerRecovered = 6,
}
