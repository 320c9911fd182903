namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A page of the instance's tables.</summary>
/// <param name="Tables">The tables, in the order of their names.</param>
/// <param name="HasMore">Whether there is a further page, after the last name of this one.</param>
internal sealed record TableListMessage(IReadOnlyList<TableSummary> Tables, bool HasMore) : IMessage<TableListMessage>
{
    /// <summary>As many as fit into a frame whatever they are.</summary>
    public const int PageSize = 200;

    public static MessageType Type => MessageType.TableList;

    public static int FieldCount => 2;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(Tables.Count);
        foreach (var table in Tables) table.Write(ref writer);
        writer.WriteBoolean(HasMore);
    }

    public static TableListMessage ReadFields(ref FieldReader reader) => new(reader.ReadList(TableSummary.Read), reader.ReadBoolean());
}
