using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Tests.Os;

/// <summary>Programs of the system that tests use.</summary>
internal static class Commands
{
    /// <summary>Runs to the end and answers the output.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    /// <summary>A child process that does nothing for as long as any test lasts; on Windows it waits for a key, which this process never sends.</summary>
    /// <remarks>No <c>ping</c>: if one is killed under Wine 8, two of its drivers may wait for each other from then on.</remarks>
    public static Process Sleep() => OperatingSystem.IsWindows()
        ? Process.Start(new ProcessStartInfo("cmd", ["/c", "pause"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!
        : Sleep("sleep");

    /// <summary>The same by a program that does as <c>sleep</c> does.</summary>
    public static Process Sleep(string program) => Process.Start(new ProcessStartInfo(program, ["600"]))!;

    /// <summary>What a file occupies.</summary>
    public static long AllocatedBytes(string path)
    {
        if (!OperatingSystem.IsWindows())
            return long.Parse(Run("stat", "-c", "%b", path), CultureInfo.InvariantCulture) * 512;
        var low = CompressedFileSize(path, out var high);
        return ((long)high << 32) + low;
    }

    [DllImport("kernel32", EntryPoint = "GetCompressedFileSizeW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint CompressedFileSize(string path, out uint high);
}
