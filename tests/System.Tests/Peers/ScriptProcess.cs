using System.Diagnostics;
using EtsPersist.Mmf.Harness.Processes;

namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>Runs the program of a script as a user does, as a process of its own.</summary>
internal static class ScriptProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(Type program, params string[] arguments)
    {
        var command = Executable.CommandOf(program.Assembly.GetName().Name!);
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var driver = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var output = driver.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = driver.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await driver.WaitForExitAsync(limit.Token);
            return (driver.ExitCode, await output + await errors);
        }
        finally
        {
            if (!driver.HasExited) driver.Kill(entireProcessTree: true);
        }
    }
}
