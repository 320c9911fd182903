using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// A process and not merely its id, which the system gives out again: two processes with one id differ in their start time.
/// </summary>
/// <param name="ProcessId">The id in the PID namespace of the process that read it; 0 if it is not visible there.</param>
/// <param name="StartTime">
/// Linux: clock ticks since boot (field 22 of /proc/PID/stat). Windows: ticks of the start time in UTC. 0 if unknown.
/// </param>
public readonly record struct ProcessIdentity(int ProcessId, long StartTime)
{
    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } =
        TryRead(Environment.ProcessId, out var own) ? own : new ProcessIdentity(Environment.ProcessId, 0);

    /// <summary>
    /// Reads the identity of the process that has the id now. Threads: any. Blocking: none. A zombie has one too: it is no proof of life.
    /// </summary>
    /// <param name="processId">The id.</param>
    /// <param name="identity">The process.</param>
    /// <returns>False if no process has the id or the system does not tell.</returns>
    public static bool TryRead(int processId, out ProcessIdentity identity)
    {
        identity = default;
        if (processId <= 0)
            return false;
        if (OperatingSystem.IsLinux())
        {
            if (!TryReadStatistics(processId, out var statistics))
                return false;
            identity = new ProcessIdentity(processId, statistics.StartTime);
            return true;
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            identity = new ProcessIdentity(processId, process.StartTime.ToUniversalTime().Ticks);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    /// <summary>The parent's id and the start time from /proc/PID/stat.</summary>
    internal static bool TryReadStatistics(int processId, out (int ParentId, long StartTime) statistics)
    {
        statistics = default;
        try
        {
            return TryParseStatistics(File.ReadAllBytes($"/proc/{processId}/stat"), out statistics);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // ENOENT: no such process; ESRCH: it went while we read
        }
    }

    /// <summary>
    /// The second field is the program's name in parentheses and may itself contain spaces and parentheses: fields count from the last one.
    /// </summary>
    internal static bool TryParseStatistics(ReadOnlySpan<byte> line, out (int ParentId, long StartTime) statistics)
    {
        const int ParentField = 4 - 3, StartTimeField = 22 - 3; // field 3 is the first after the name
        statistics = default;
        var nameEnd = line.LastIndexOf((byte)')');
        if (nameEnd < 0)
            return false;
        var fields = Encoding.ASCII.GetString(line[(nameEnd + 1)..]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= StartTimeField
            || !int.TryParse(fields[ParentField], CultureInfo.InvariantCulture, out var parentId)
            || !long.TryParse(fields[StartTimeField], CultureInfo.InvariantCulture, out var startTime))
            return false;
        statistics = (parentId, startTime);
        return true;
    }
}
