using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>One table in a list.</summary>
internal sealed record TableSummary
{
    private const int FieldCount = 19;

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

    /// <summary>The owner's role, where the manager knows it.</summary>
    public string? OwnerRole { get; init; }

    /// <summary>The heir's process id, or 0.</summary>
    public int HeirProcessId { get; init; }

    /// <summary>The heir's worker id, or 0.</summary>
    public ulong HeirWorkerId { get; init; }

    /// <summary>Whether the table stays with the manager.</summary>
    public bool IsLocal { get; init; }

    public long Rows { get; init; }

    public long BytesUsed { get; init; }

    /// <summary>For how long it is not handed over because its owners kept dying on arrival, or 0.</summary>
    public long QuarantineMilliseconds { get; init; }

    /// <summary>How many pins living processes hold.</summary>
    public int Pins { get; init; }

    /// <summary>How many workers are not offered it because they let too many offers pass.</summary>
    public int QuarantinedWorkers { get; init; }

    public EtsTableInfo ToInfo() => new()
    {
        Name = Table,
        Kind = Kind,
        Access = Access,
        State = State,
        Epoch = Epoch,
        Owner = OwnerProcessId == 0 ? null : new EtsOwner(OwnerProcessId, OwnerRole),
        Heir = HeirProcessId == 0 && HeirWorkerId == 0 ? null : new EtsHeir(HeirProcessId, HeirWorkerId),
        Role = Role,
        IsLocal = IsLocal,
        Waiting = Waiting,
        Rows = Rows,
        BytesReserved = BytesUsed,
        Quarantine = TimeSpan.FromMilliseconds(QuarantineMilliseconds),
        QuarantinedWorkers = QuarantinedWorkers,
        Problem = Problem,
    };

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
        writer.WriteString(OwnerRole);
        writer.WriteInt64(HeirProcessId);
        writer.WriteUInt64(HeirWorkerId);
        writer.WriteBoolean(IsLocal);
        writer.WriteInt64(Rows);
        writer.WriteInt64(BytesUsed);
        writer.WriteInt64(QuarantineMilliseconds);
        writer.WriteInt64(Pins);
        writer.WriteInt64(QuarantinedWorkers);
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
        OwnerRole = reader.HasMore ? reader.ReadOptionalText(FrameLimits.MaximumNameCharacters) : null,
        HeirProcessId = reader.HasMore ? reader.ReadInt32() : 0,
        HeirWorkerId = reader.HasMore ? reader.ReadUInt64() : 0,
        IsLocal = reader.HasMore && reader.ReadBoolean(),
        Rows = reader.HasMore ? reader.ReadInt64() : 0,
        BytesUsed = reader.HasMore ? reader.ReadInt64() : 0,
        QuarantineMilliseconds = reader.HasMore ? reader.ReadInt64() : 0,
        Pins = reader.HasMore ? reader.ReadInt32() : 0,
        QuarantinedWorkers = reader.HasMore ? reader.ReadInt32() : 0,
    };
}
