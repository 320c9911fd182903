namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A client's first message. Its form is the same in all versions.</summary>
internal sealed record HelloMessage(
    byte MinimumVersion,
    byte MaximumVersion,
    string ClientName,
    string ClientVersion) : IMessage<HelloMessage>
{
    public static MessageType Type => MessageType.Hello;

    public static int FieldCount => 4;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteUInt64(MinimumVersion);
        writer.WriteUInt64(MaximumVersion);
        writer.WriteString(ClientName);
        writer.WriteString(ClientVersion);
    }

    public static HelloMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadByte(),
        reader.ReadByte(),
        reader.ReadText(),
        reader.ReadText());
}
