namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>The table is the worker's, if it accepts under this epoch in the table's file before the offer is withdrawn there.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="FileName">The table file's name in the instance's directory; both sides know the directory, perhaps under different paths.</param>
/// <param name="Epoch">The ownership count of this grant.</param>
/// <param name="Reason">Why the table arrives.</param>
/// <param name="FromProcessId">The previous owner, or 0.</param>
/// <param name="FromRole">The previous owner's role, where known.</param>
/// <param name="GiftData">Bytes that travel with each transfer.</param>
internal sealed record OfferMessage(
    string Table,
    string FileName,
    uint Epoch,
    TransferReason Reason,
    int FromProcessId,
    string? FromRole,
    ReadOnlyMemory<byte> GiftData) : IMessage<OfferMessage>
{
    public static MessageType Type => MessageType.Offer;

    public static int FieldCount => 8;

    /// <summary>How the owner before has ended, where that is why the table arrives and the kernel has told in time.</summary>
    public int? ExitStatus { get; init; }

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteString(FileName);
        writer.WriteUInt64(Epoch);
        writer.WriteUInt64((byte)Reason);
        writer.WriteInt64(FromProcessId);
        writer.WriteString(FromRole);
        writer.WriteBinary(GiftData.Span);
        writer.WriteOptionalInt64(ExitStatus);
    }

    public static OfferMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadText(FrameLimits.MaximumNameCharacters),
        reader.ReadText(),
        reader.ReadUInt32(),
        (TransferReason)reader.ReadByte(),
        reader.ReadInt32(),
        reader.ReadOptionalText(),
        reader.ReadBytes())
    {
        ExitStatus = reader.HasMore ? reader.ReadOptionalInt32() : null,
    };
}
