using System.Diagnostics;
using System.Globalization;

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

    /// <summary>A child process that does nothing for as long as any test lasts.</summary>
    public static Process Sleep(string program = "sleep") => Process.Start(new ProcessStartInfo(program, ["600"]))!;

    /// <summary>What a file occupies.</summary>
    public static long AllocatedBytes(string path) => long.Parse(Run("stat", "-c", "%b", path), CultureInfo.InvariantCulture) * 512;
}
