using System.Text.Json;

namespace EtsPersist.Mmf.Harness.Records;

/// <summary>One line of a manager's events file.</summary>
/// <param name="Kind">What happened: serving, waiting, died, …</param>
/// <param name="ProcessId">Whom it happened to.</param>
/// <param name="Nanoseconds">When, by the monotonic clock.</param>
internal readonly record struct ManagerEvent(string Kind, int ProcessId, long Nanoseconds)
{
    /// <summary>Reads a line; false where it is none.</summary>
    public static bool TryParse(string line, out ManagerEvent parsed)
    {
        parsed = default;
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("event", out var kind)) return false;
            var process = root.TryGetProperty("pid", out var pid) ? pid.GetInt32() : 0;
            parsed = new ManagerEvent(kind.GetString() ?? "", process, root.GetProperty("monotonicNs").GetInt64());
            return true;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
