namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A client asks for another name of a table.</summary>
/// <param name="Table">The name that it has.</param>
/// <param name="NewName">The name that it is to have; nobody has it.</param>
internal sealed record RenameTableMessage(string Table, string NewName) : IMessage<RenameTableMessage>
{
    public static MessageType Type => MessageType.RenameTable;

    public static int FieldCount => 2;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteString(NewName);
    }

    public static RenameTableMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadText(FrameLimits.MaximumNameCharacters),
        reader.ReadText(FrameLimits.MaximumNameCharacters));
}
