namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>The answer to a request to create: the table's file exists.</summary>
/// <param name="FileName">The table file's name in the instance's directory; both sides know the directory, perhaps under different paths.</param>
/// <param name="IsNew">False if the table was there already.</param>
internal sealed record TableCreatedMessage(string FileName, bool IsNew) : IMessage<TableCreatedMessage>
{
    public static MessageType Type => MessageType.TableCreated;

    public static int FieldCount => 2;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(FileName);
        writer.WriteBoolean(IsNew);
    }

    public static TableCreatedMessage ReadFields(ref FieldReader reader) => new(reader.ReadText(), reader.ReadBoolean());
}
