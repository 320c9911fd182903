using System.ComponentModel;
using System.Diagnostics;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Inspection;

/// <summary>A process that is at work on a table.</summary>
/// <param name="ProcessId">Its id; that of a writer is the one in its own PID namespace.</param>
/// <param name="Use">What it does.</param>
internal sealed record AttachedProcess(int ProcessId, TableUse Use)
{
    /// <summary>The writer's slot, or null for a reader.</summary>
    public int? Slot { get; init; }

    /// <summary>Whether the kernel says that it lives.</summary>
    public bool IsAlive { get; init; }

    /// <summary>Its program, or null where it is out of sight: dead, or in another PID namespace.</summary>
    public string? Program { get; init; }

    /// <summary>How long it has been running.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>How many pins of the table it holds.</summary>
    public int Pins { get; init; }

    /// <summary>How long it has held the oldest of them, or null without any.</summary>
    public TimeSpan? PinnedFor { get; init; }

    /// <summary>What it is in the middle of.</summary>
    public IReadOnlyList<OperationInfo> Operations { get; init; } = [];

    /// <summary>The writers by their slots, and on Linux this user's processes that have the file mapped without writing it.</summary>
    public static IReadOnlyList<AttachedProcess> Of(TableFile file)
    {
        var word = file.Ownership;
        var operations = file.Operations();
        var pins = file.Pins();
        var writers = file.Participants().Select(participant => OfWriter(participant, word, operations, pins)).ToList();
        var seen = writers.Select(writer => writer.ProcessId).Append(Environment.ProcessId).ToHashSet();
        var readers = MappedFiles.ProcessesOf(file.Path).Where(processId => !seen.Contains(processId))
            .Select(processId => Describe(new AttachedProcess(processId, TableUse.Reader) { IsAlive = true }));
        return [.. writers, .. readers];
    }

    private static AttachedProcess OfWriter(
        ParticipantInfo participant, Ownership word, IReadOnlyList<OperationInfo> operations, IReadOnlyList<TablePin> pins)
    {
        var pin = pins.FirstOrDefault(pin => pin.Slot == participant.Slot);
        var writer = new AttachedProcess(participant.ProcessId, word.Slot == participant.Slot ? TableUse.Owner : TableUse.Writer)
        {
            Slot = participant.Slot,
            IsAlive = participant.IsAlive,
            Pins = pin?.Count ?? 0,
            PinnedFor = DateTimeOffset.UtcNow - pin?.Since,
            Operations = [.. operations.Where(operation => operation.Slot == participant.Slot)],
        };
        // Another start time: another process that has got the id since, or one of another namespace.
        var isHere = ProcessIdentity.TryRead(participant.ProcessId, out var here) && here.StartTime == participant.StartTime;
        return isHere ? Describe(writer) : writer;
    }

    private static AttachedProcess Describe(AttachedProcess attached)
    {
        try
        {
            using var process = Process.GetProcessById(attached.ProcessId);
            return attached with { Program = ProgramName.Of(process), Age = DateTime.Now - process.StartTime };
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return attached; // gone meanwhile
        }
    }
}
