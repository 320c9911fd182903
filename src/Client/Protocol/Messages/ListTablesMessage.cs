namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>Asks for the instance's tables, in the order of their names.</summary>
/// <param name="After">The last name of the page before, or null for the first page.</param>
internal sealed record ListTablesMessage(string? After) : IMessage<ListTablesMessage>
{
    public static MessageType Type => MessageType.ListTables;

    public static int FieldCount => 1;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(After);
    }

    public static ListTablesMessage ReadFields(ref FieldReader reader) => new(reader.ReadOptionalText(FrameLimits.MaximumNameCharacters));
}
