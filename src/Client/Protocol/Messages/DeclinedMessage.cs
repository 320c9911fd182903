namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A worker cannot accept an offer.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Epoch">The ownership count of this grant.</param>
/// <param name="Text">Why, for the log.</param>
internal sealed record DeclinedMessage(string Table, uint Epoch, string Text) : IMessage<DeclinedMessage>
{
    public static MessageType Type => MessageType.Declined;

    public static int FieldCount => 3;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteUInt64(Epoch);
        writer.WriteString(Text);
    }

    public static DeclinedMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadText(FrameLimits.MaximumNameCharacters),
        reader.ReadUInt32(),
        reader.ReadText());
}
