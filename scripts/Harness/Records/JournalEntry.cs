using System.Globalization;

namespace EtsPersist.Mmf.Harness.Records;

/// <summary>One line of a worker's journal.</summary>
internal readonly record struct JournalEntry(JournalKind Kind, uint Epoch, int ProcessId, long Sequence, long Position, long Nanoseconds)
{
    /// <summary>Reads a line; false where it is none, which a torn line is.</summary>
    public static bool TryParse(string line, out JournalEntry entry)
    {
        entry = default;
        var parts = line.Split(' ');
        if (parts.Length != 6 || KindOf(parts[0]) is not { } kind) return false;
        var digits = CultureInfo.InvariantCulture;
        if (!uint.TryParse(parts[1], digits, out var epoch) || !int.TryParse(parts[2], digits, out var process)) return false;
        if (!long.TryParse(parts[3], digits, out var sequence) || !long.TryParse(parts[4], digits, out var position)) return false;
        if (!long.TryParse(parts[5], digits, out var nanoseconds)) return false;
        entry = new JournalEntry(kind, epoch, process, sequence, position, nanoseconds);
        return true;
    }

    private static JournalKind? KindOf(string word) => word switch
    {
        "waiting" => JournalKind.Waiting,
        "owned" => JournalKind.Owned,
        "began" => JournalKind.Began,
        "acknowledged" => JournalKind.Acknowledged,
        _ => null,
    };
}
