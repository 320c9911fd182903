namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>An owner says who gets its table if it dies.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Epoch">The epoch that the table is owned under.</param>
/// <param name="ProcessId">The heir's process; 0 with a worker id of 0: nobody any more.</param>
/// <param name="WorkerId">The heir's worker id; 0 for any worker of the process.</param>
/// <param name="GiftData">Bytes that travel with the inheritance; null for the table's own.</param>
internal sealed record SetHeirMessage(
    string Table,
    uint Epoch,
    int ProcessId,
    ulong WorkerId,
    ReadOnlyMemory<byte>? GiftData) : IMessage<SetHeirMessage>
{
    public static MessageType Type => MessageType.SetHeir;

    public static int FieldCount => 5;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteUInt64(Epoch);
        writer.WriteInt64(ProcessId);
        writer.WriteUInt64(WorkerId);
        writer.WriteOptionalBinary(GiftData);
    }

    public static SetHeirMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadText(FrameLimits.MaximumNameCharacters),
        reader.ReadUInt32(),
        reader.ReadInt32(),
        reader.ReadUInt64(),
        reader.ReadOptionalBytes());
}
