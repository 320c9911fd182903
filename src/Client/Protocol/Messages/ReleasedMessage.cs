namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A worker has released a table: it stands in the table's file, this only says so sooner.</summary>
internal sealed record ReleasedMessage(string Table, uint Epoch) : IMessage<ReleasedMessage>
{
    public static MessageType Type => MessageType.Released;

    public static int FieldCount => 2;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteUInt64(Epoch);
    }

    public static ReleasedMessage ReadFields(ref FieldReader reader) => new(reader.ReadText(FrameLimits.MaximumNameCharacters), reader.ReadUInt32());
}
