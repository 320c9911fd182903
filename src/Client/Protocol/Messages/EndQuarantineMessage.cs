namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>Asks for a table to be handed over again although its owners kept dying on arrival.</summary>
internal sealed record EndQuarantineMessage(string Table) : IMessage<EndQuarantineMessage>
{
    public static MessageType Type => MessageType.EndQuarantine;

    public static int FieldCount => 1;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
    }

    public static EndQuarantineMessage ReadFields(ref FieldReader reader) => new(reader.ReadText(FrameLimits.MaximumNameCharacters));
}
