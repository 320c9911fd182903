namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>An owner is about to release its table and leaves something for the next one, or nothing any more. Answered when it is kept; the release follows in the table's file.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Epoch">The epoch that the table is owned under.</param>
/// <param name="GiftData">Bytes that travel with the next transfer; null for the table's own.</param>
internal sealed record PrepareReleaseMessage(string Table, uint Epoch, ReadOnlyMemory<byte>? GiftData) : IMessage<PrepareReleaseMessage>
{
    public static MessageType Type => MessageType.PrepareRelease;

    public static int FieldCount => 3;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteUInt64(Epoch);
        writer.WriteOptionalBinary(GiftData);
    }

    public static PrepareReleaseMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadText(FrameLimits.MaximumNameCharacters),
        reader.ReadUInt32(),
        reader.ReadOptionalBytes());
}
