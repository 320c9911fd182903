namespace EtsPersist.Mmf;

/// <summary>The arrival of a table at a worker. ETS: <c>{'ETS-TRANSFER', Tab, FromPid, GiftData}</c>.</summary>
/// <remarks>
/// The reason tells what happened, not what the table holds: whether rows need to be loaded is for the rows to say, because a table that was
/// created and whose first owner died at once arrives with another reason and empty.
/// </remarks>
public sealed record Transfer
{
    /// <summary>The table's name.</summary>
    public required string Table { get; init; }

    /// <summary>The previous owner, or null for the first one and where nobody knows it.</summary>
    public PreviousOwner? From { get; init; }

    /// <summary>What the last owner has sent along, or who named this worker as heir; else what the table's definition sends with each transfer.</summary>
    /// <value>Default: empty. A JSON value of the configuration file arrives as its UTF-8 text.</value>
    public ReadOnlyMemory<byte> GiftData { get; init; }

    /// <summary>Why the table arrived.</summary>
    public required TransferReason Reason { get; init; }

    /// <summary>How the previous owner's process ended: its exit code, or 128 plus the number of the signal that ended it.</summary>
    /// <value>
    /// Null unless the reason is <see cref="TransferReason.OwnerDied"/> or <see cref="TransferReason.Inherited"/> and the kernel has told the manager by the time of the
    /// offer, which waits for no status. Windows does. Linux tells it of the manager's own children, and since 6.15 of a process whose parent has waited for it already.
    /// </value>
    public int? ExitStatus { get; init; }

    /// <summary>The ownership count: higher than in every earlier transfer of the same table.</summary>
    public required uint Epoch { get; init; }
}
