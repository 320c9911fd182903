namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A page of the instance's tables.</summary>
/// <param name="Tables">The tables, in the order of their names.</param>
/// <param name="HasMore">Whether there is a further page, after the last name of this one.</param>
internal sealed record TableListMessage(IReadOnlyList<TableSummary> Tables, bool HasMore) : IMessage<TableListMessage>
{
    /// <summary>As many as fit into a frame whatever they are.</summary>
    public const int PageSize = 200;

    /// <summary>What is to be asked for next, or null where this was the last page.</summary>
    /// <exception cref="ManagerRefusedException">More is said to follow, and nothing says after which name.</exception>
    public ListTablesMessage? Next()
    {
        if (!HasMore) return null;
        if (Tables.Count > 0) return new ListTablesMessage(Tables[^1].Table);
        // Managers counted names that are only waited for into a page, once.
        throw new ManagerRefusedException(
            "The manager cannot list the tables: an earlier version gets lost where many names without a table follow each other. "
            + "Put the present version in its place; the owners keep their tables meanwhile.");
    }

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
