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

    /// <summary>The bytes that the table's definition sends along with each transfer.</summary>
    /// <value>Default: empty. A JSON value of the configuration file arrives as its UTF-8 text.</value>
    public ReadOnlyMemory<byte> GiftData { get; init; }

    /// <summary>Why the table arrived.</summary>
    public required TransferReason Reason { get; init; }

    /// <summary>The ownership count: higher than in every earlier transfer of the same table.</summary>
    public required uint Epoch { get; init; }
}
