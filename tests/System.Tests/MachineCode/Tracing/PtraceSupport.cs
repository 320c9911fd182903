using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

/// <summary>Whether this machine lets a process step through its children.</summary>
internal static class PtraceSupport
{
    private static readonly Lazy<string?> Reason = new(FindReason);

    /// <summary>Why machine code cannot be stepped through here; null where it can be.</summary>
    public static string? WhyNot => Reason.Value;

    private static string? FindReason()
    {
        if (!OperatingSystem.IsLinux())
            return "needs Linux: ptrace";
        return RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => FindRefusal(),
            Architecture.Arm64 when HasAtomicInstructions() => FindRefusal(),
            Architecture.Arm64 => "needs a processor with LSE atomics: steps through a loop of exclusive loads and stores never leave it",
            var other => $"needs x64 or arm64, not {other}",
        };
    }

    private static bool HasAtomicInstructions() => File.ReadLines("/proc/cpuinfo")
        .Any(line => line.StartsWith("Features", StringComparison.Ordinal) && line.Split(' ').Contains("atomics"));

    /// <summary>Tries it: seccomp, yama and others each refuse in their own way.</summary>
    private static string? FindRefusal()
    {
        try
        {
            using var child = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
            try
            {
                Ptrace.Seize(child.Id);
                return null;
            }
            finally
            {
                child.Kill();
                child.WaitForExit();
            }
        }
        catch (Win32Exception error)
        {
            return $"this machine refuses to trace a child: {error.Message}";
        }
    }
}
