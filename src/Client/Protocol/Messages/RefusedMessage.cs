namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A request was not carried out, and nothing was changed by it.</summary>
/// <param name="Code">The kind of refusal.</param>
/// <param name="Text">The cause and the remedy.</param>
internal sealed record RefusedMessage(RefusalCode Code, string Text) : IMessage<RefusedMessage>
{
    public static MessageType Type => MessageType.Refused;

    public static int FieldCount => 2;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteUInt64((byte)Code);
        writer.WriteString(Text);
    }

    public static RefusedMessage ReadFields(ref FieldReader reader) => new((RefusalCode)reader.ReadByte(), reader.ReadText());
}
