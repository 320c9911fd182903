namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>An owner has offered its table in the table's file and says to whom. Answered when the successor owns it; refused, it takes the table back.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Epoch">The epoch of the offer.</param>
/// <param name="ProcessId">The successor's process; 0 where the worker's id says all.</param>
/// <param name="WorkerId">The successor's worker id; 0 for any worker of the process.</param>
/// <param name="GiftData">Bytes that travel with this transfer; null for the table's own.</param>
internal sealed record GiveAwayMessage(
    string Table,
    uint Epoch,
    int ProcessId,
    ulong WorkerId,
    ReadOnlyMemory<byte>? GiftData) : IMessage<GiveAwayMessage>
{
    public static MessageType Type => MessageType.GiveAway;

    public static int FieldCount => 5;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteUInt64(Epoch);
        writer.WriteInt64(ProcessId);
        writer.WriteUInt64(WorkerId);
        writer.WriteOptionalBinary(GiftData);
    }

    public static GiveAwayMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadText(FrameLimits.MaximumNameCharacters),
        reader.ReadUInt32(),
        reader.ReadInt32(),
        reader.ReadUInt64(),
        reader.ReadOptionalBytes());
}
