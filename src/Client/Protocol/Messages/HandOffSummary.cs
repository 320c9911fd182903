namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>One hand-off in a list.</summary>
/// <param name="Table">The table.</param>
/// <param name="Reason">Why it was handed over; 0 if that is unknown.</param>
/// <param name="FromProcessId">The owner before; 0 if there was none.</param>
/// <param name="ToProcessId">The owner afterwards.</param>
/// <param name="Epoch">The epoch that it accepted under.</param>
/// <param name="AgoMilliseconds">How long ago it accepted.</param>
/// <param name="TookMicroseconds">From the death, the release or the offer to the acceptance.</param>
internal sealed record HandOffSummary(
    string Table, TransferReason Reason, int FromProcessId, int ToProcessId, uint Epoch, long AgoMilliseconds, long TookMicroseconds)
{
    private const int FieldCount = 7;

    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(FieldCount);
        writer.WriteString(Table);
        writer.WriteUInt64((byte)Reason);
        writer.WriteInt64(FromProcessId);
        writer.WriteInt64(ToProcessId);
        writer.WriteUInt64(Epoch);
        writer.WriteInt64(AgoMilliseconds);
        writer.WriteInt64(TookMicroseconds);
    }

    public static HandOffSummary Read(ref FieldReader reader) => new(
        reader.ReadText(FrameLimits.MaximumNameCharacters),
        (TransferReason)reader.ReadByte(),
        reader.ReadInt32(),
        reader.ReadInt32(),
        reader.ReadUInt32(),
        reader.ReadInt64(),
        reader.ReadInt64());
}
