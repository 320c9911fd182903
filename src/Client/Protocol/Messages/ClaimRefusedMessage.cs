namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A claim that was in the queue has ended without the table.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Code">The kind of refusal.</param>
/// <param name="Text">The cause and the remedy.</param>
internal sealed record ClaimRefusedMessage(string Table, RefusalCode Code, string Text) : IMessage<ClaimRefusedMessage>
{
    public static MessageType Type => MessageType.ClaimRefused;

    public static int FieldCount => 3;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteUInt64((byte)Code);
        writer.WriteString(Text);
    }

    public static ClaimRefusedMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadText(FrameLimits.MaximumNameCharacters),
        (RefusalCode)reader.ReadByte(),
        reader.ReadText());
}
