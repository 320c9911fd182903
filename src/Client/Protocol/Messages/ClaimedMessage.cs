namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>The answer to a claim: the worker is in the queue.</summary>
/// <param name="FileName">The table file's name, or null while there is no such table.</param>
internal sealed record ClaimedMessage(string? FileName) : IMessage<ClaimedMessage>
{
    public static MessageType Type => MessageType.Claimed;

    public static int FieldCount => 1;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(FileName);
    }

    public static ClaimedMessage ReadFields(ref FieldReader reader) => new(reader.ReadOptionalText());
}
