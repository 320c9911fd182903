namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A worker no longer waits for a table.</summary>
internal sealed record UnclaimMessage(string Table) : IMessage<UnclaimMessage>
{
    public static MessageType Type => MessageType.Unclaim;

    public static int FieldCount => 1;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
    }

    public static UnclaimMessage ReadFields(ref FieldReader reader) => new(reader.ReadText(FrameLimits.MaximumNameCharacters));
}
