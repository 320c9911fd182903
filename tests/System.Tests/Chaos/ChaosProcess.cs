using System.Diagnostics;

namespace EtsPersist.Mmf.Chaos.Tests;

/// <summary>Runs the driver as a user does, as a process of its own.</summary>
internal static class ChaosProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(typeof(ChaosRun).Assembly.Location).Prepend("exec")) start.ArgumentList.Add(argument);
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
