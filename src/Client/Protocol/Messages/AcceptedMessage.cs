namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A worker has accepted a table: it stands in the table's file, this only says so sooner.</summary>
internal sealed record AcceptedMessage(string Table, uint Epoch) : IMessage<AcceptedMessage>
{
    public static MessageType Type => MessageType.Accepted;

    public static int FieldCount => 2;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteUInt64(Epoch);
    }

    public static AcceptedMessage ReadFields(ref FieldReader reader) => new(reader.ReadText(FrameLimits.MaximumNameCharacters), reader.ReadUInt32());
}
