namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>One worker in a list.</summary>
internal sealed record WorkerSummary
{
    private const int FieldCount = 10;

    public required ulong WorkerId { get; init; }

    public int ProcessId { get; init; }

    public string Role { get; init; } = "";

    public int Priority { get; init; }

    /// <summary>How long ago it registered with this manager.</summary>
    public long RegisteredMilliseconds { get; init; }

    /// <summary>How many tables its process owns.</summary>
    public int Owned { get; init; }

    /// <summary>How many tables it waits for.</summary>
    public int Waiting { get; init; }

    /// <summary>How long ago it was heard of last.</summary>
    public long SilentMilliseconds { get; init; }

    /// <summary>For how many tables it is in quarantine: it let too many offers pass.</summary>
    public int Quarantines { get; init; }

    /// <summary>For how long yet it is for the last of them.</summary>
    public long QuarantineMilliseconds { get; init; }

    public EtsWorkerInfo ToInfo() => new()
    {
        Id = WorkerId,
        ProcessId = ProcessId,
        Role = Role,
        Priority = Priority,
        Registered = TimeSpan.FromMilliseconds(RegisteredMilliseconds),
        Owned = Owned,
        Waiting = Waiting,
        Silent = TimeSpan.FromMilliseconds(SilentMilliseconds),
        Quarantines = Quarantines,
        Quarantine = TimeSpan.FromMilliseconds(QuarantineMilliseconds),
    };

    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(FieldCount);
        writer.WriteUInt64(WorkerId);
        writer.WriteInt64(ProcessId);
        writer.WriteString(Role);
        writer.WriteInt64(Priority);
        writer.WriteInt64(RegisteredMilliseconds);
        writer.WriteInt64(Owned);
        writer.WriteInt64(Waiting);
        writer.WriteInt64(SilentMilliseconds);
        writer.WriteInt64(Quarantines);
        writer.WriteInt64(QuarantineMilliseconds);
    }

    public static WorkerSummary Read(ref FieldReader reader) => new()
    {
        WorkerId = reader.ReadUInt64(),
        ProcessId = reader.ReadInt32(),
        Role = reader.ReadText(FrameLimits.MaximumNameCharacters),
        Priority = reader.ReadInt32(),
        RegisteredMilliseconds = reader.ReadInt64(),
        Owned = reader.ReadInt32(),
        Waiting = reader.ReadInt32(),
        SilentMilliseconds = reader.ReadInt64(),
        Quarantines = reader.HasMore ? reader.ReadInt32() : 0,
        QuarantineMilliseconds = reader.HasMore ? reader.ReadInt64() : 0,
    };
}
