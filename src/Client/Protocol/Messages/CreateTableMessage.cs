namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A worker asks for a table to be created where there is none of that name.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Kind">The kind of the table.</param>
/// <param name="Access">Who may read and write.</param>
/// <param name="MaximumBytes">How far the file may grow.</param>
/// <param name="GiftData">Bytes that travel with each transfer.</param>
/// <param name="Role">The role whose workers may own it, or null for any.</param>
internal sealed record CreateTableMessage(
    string Table,
    TableKind Kind,
    TableAccess Access,
    long MaximumBytes,
    ReadOnlyMemory<byte> GiftData,
    string? Role) : IMessage<CreateTableMessage>
{
    public static MessageType Type => MessageType.CreateTable;

    public static int FieldCount => 10;

    /// <summary>Whether a table that exists is an error, and not what was asked for.</summary>
    public bool MustBeNew { get; init; }

    /// <summary>Whether the table stays with the manager.</summary>
    public bool IsLocal { get; init; }

    /// <summary>How the next owner is found among the workers of the role.</summary>
    public FindMeRule Rule { get; init; }

    /// <summary>Whether the table is for the worker that asks, which claims it before. If that one waits no longer before it has the table, there is none.</summary>
    public bool GoesToCreator { get; init; }

    /// <summary>That a table must be new is not among it: the answer says whether it is.</summary>
    public string? BeyondVersion1 =>
        IsLocal ? "local tables" : GoesToCreator ? "tables that are made for their creator alone" : Rule != FindMeRule.Oldest ? $"find-me rule {Rule}" : null;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteUInt64((byte)Kind);
        writer.WriteUInt64((byte)Access);
        writer.WriteInt64(MaximumBytes);
        writer.WriteBinary(GiftData.Span);
        writer.WriteString(Role);
        writer.WriteBoolean(MustBeNew);
        writer.WriteBoolean(IsLocal);
        writer.WriteUInt64((byte)Rule);
        writer.WriteBoolean(GoesToCreator);
    }

    public static CreateTableMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadText(FrameLimits.MaximumNameCharacters),
        (TableKind)reader.ReadByte(),
        (TableAccess)reader.ReadByte(),
        reader.ReadInt64(),
        reader.ReadBytes(),
        reader.ReadOptionalText(FrameLimits.MaximumNameCharacters))
    {
        MustBeNew = reader.HasMore && reader.ReadBoolean(),
        IsLocal = reader.HasMore && reader.ReadBoolean(),
        Rule = reader.HasMore ? (FindMeRule)reader.ReadByte() : FindMeRule.Oldest,
        GoesToCreator = reader.HasMore && reader.ReadBoolean(),
    };
}
