using System.Diagnostics;

namespace EtsPersist.Mmf.Manager.Events;

/// <summary>Something that happened in a manager, for programs that follow it.</summary>
internal readonly record struct ManagerEvent(string Name)
{
    public string? Table { get; init; }

    /// <summary>Of a table that was renamed: what it is called now.</summary>
    public string? NewName { get; init; }

    public int? ProcessId { get; init; }

    public string? Role { get; init; }

    public uint? Epoch { get; init; }

    public TransferReason? Reason { get; init; }

    /// <summary>Of a process that has died: its exit code, or 128 plus a signal's number, where the kernel tells.</summary>
    public int? ExitStatus { get; init; }

    /// <summary>When, as <see cref="Stopwatch.GetTimestamp"/> tells it.</summary>
    public long Timestamp { get; init; } = Stopwatch.GetTimestamp();
}
