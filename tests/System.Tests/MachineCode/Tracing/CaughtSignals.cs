using System.Globalization;

namespace EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

/// <summary>The signals for which a process has handlers.</summary>
internal static class CaughtSignals
{
    private const string Field = "SigCgt:";

    /// <summary>Whether a process of a thread handles a signal, by the mask that the kernel shows: signal 1 is bit 0.</summary>
    public static bool Contains(int thread, int signal)
    {
        var line = File.ReadLines($"/proc/{thread}/status").First(line => line.StartsWith(Field, StringComparison.Ordinal));
        var mask = ulong.Parse(line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (mask >> (signal - 1) & 1) != 0;
    }
}
