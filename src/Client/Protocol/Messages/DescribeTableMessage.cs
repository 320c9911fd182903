namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>Asks about one table; the answer is a list of it.</summary>
internal sealed record DescribeTableMessage(string Table) : IMessage<DescribeTableMessage>
{
    public static MessageType Type => MessageType.DescribeTable;

    public static int FieldCount => 1;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
    }

    public static DescribeTableMessage ReadFields(ref FieldReader reader) => new(reader.ReadText(FrameLimits.MaximumNameCharacters));
}
