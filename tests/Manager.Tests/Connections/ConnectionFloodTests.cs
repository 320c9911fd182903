using System.Diagnostics;
using EtsPersist.Mmf.Harness.Processes;
using EtsPersist.Mmf.Manager.Tests.Running;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>
/// Whatever clients send, and however many they are: others are served meanwhile, and nothing of it stays. Measured in a process of its own, because
/// the runner of the tests fills caches in this one while they run.
/// </summary>
public sealed class ConnectionFloodTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public Task Ten_thousand_random_and_mutated_frames_leave_nothing_behind(string seed) => RunAsync(Flood.OfFrames, seed);

    [Fact]
    public Task A_thousand_idle_and_a_hundred_slow_connections_hold_nobody_up_and_leave_nothing_behind() => RunAsync(Flood.OfConnections);

    private static async Task RunAsync(params string[] arguments)
    {
        var command = Executable.CommandOf(typeof(Flood).Assembly.GetName().Name!);
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments]) { RedirectStandardError = true };
        using var flood = Process.Start(start)!;
        try
        {
            var said = await flood.StandardError.ReadToEndAsync().WaitAsync(4 * RunningManager.Patience);
            await flood.WaitForExitAsync();
            Assert.True(flood.ExitCode == 0, said);
        }
        finally
        {
            flood.Kill(); // does nothing to one that has ended
        }
    }
}
