namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A worker asks for a table to be dropped with all its rows.</summary>
internal sealed record DropTableMessage(string Table) : IMessage<DropTableMessage>
{
    public static MessageType Type => MessageType.DropTable;

    public static int FieldCount => 1;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
    }

    public static DropTableMessage ReadFields(ref FieldReader reader) => new(reader.ReadText(FrameLimits.MaximumNameCharacters));
}
