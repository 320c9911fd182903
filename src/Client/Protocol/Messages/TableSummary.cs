using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>One table in a list.</summary>
internal sealed record TableSummary
{
    private const int FieldCount = 10;

    public required string Table { get; init; }

    public string FileName { get; init; } = "";

    public TableKind Kind { get; init; }

    public TableAccess Access { get; init; }

    public OwnershipState State { get; init; }

    public uint Epoch { get; init; }

    /// <summary>The owner's process id, or 0.</summary>
    public int OwnerProcessId { get; init; }

    /// <summary>The role whose workers may own it, or null for any.</summary>
    public string? Role { get; init; }

    /// <summary>How many workers wait for it.</summary>
    public int Waiting { get; init; }

    /// <summary>Why the table cannot be handed over, or null.</summary>
    public string? Problem { get; init; }

    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(FieldCount);
        writer.WriteString(Table);
        writer.WriteString(FileName);
        writer.WriteUInt64((byte)Kind);
        writer.WriteUInt64((byte)Access);
        writer.WriteUInt64((byte)State);
        writer.WriteUInt64(Epoch);
        writer.WriteInt64(OwnerProcessId);
        writer.WriteString(Role);
        writer.WriteInt64(Waiting);
        writer.WriteString(Problem);
    }

    public static TableSummary Read(ref FieldReader reader) => new()
    {
        Table = reader.ReadText(FrameLimits.MaximumNameCharacters),
        FileName = reader.ReadText(),
        Kind = (TableKind)reader.ReadByte(),
        Access = (TableAccess)reader.ReadByte(),
        State = (OwnershipState)reader.ReadByte(),
        Epoch = reader.ReadUInt32(),
        OwnerProcessId = reader.ReadInt32(),
        Role = reader.ReadOptionalText(FrameLimits.MaximumNameCharacters),
        Waiting = reader.ReadInt32(),
        Problem = reader.ReadOptionalText(),
    };
}
