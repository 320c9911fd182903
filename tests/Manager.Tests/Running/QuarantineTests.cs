using EtsPersist.Mmf.Manager.CommandLine;

namespace EtsPersist.Mmf.Manager.Tests.Running;

public sealed class QuarantineTests
{
    private static readonly TimeSpan Patience = RunningManager.Patience;

    [Fact]
    public async Task A_quarantine_survives_the_manager_and_is_ended_by_command()
    {
        var first = await RunningManager.StartAsync("""{"tables":[{"id":"accounts"}]}""");
        await first.StopAsync();
        var definition = Path.ChangeExtension(Assert.Single(first.Directory.FindTables("accounts")).Path, ".json");
        var kept = await File.ReadAllTextAsync(definition);
        var until = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds();
        await File.WriteAllTextAsync(definition, $"{kept.TrimEnd()[..^1]}, \"standing\": {{\"quarantinedUntil\": {until}}}}}");

        await using var second = await RunningManager.StartAsync(root: first.Root);
        await using var worker = await second.ConnectAsync();
        var waiting = worker.OwnAsync<string, long>("accounts");
        var info = await worker.FindTableAsync("accounts").WaitAsync(Patience);
        Assert.InRange(info!.Quarantine, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
        Assert.Contains("in quarantine", await RunAsync(ExitCode.Unsound, "health", "--dir", second.Root), StringComparison.Ordinal);
        Assert.False(waiting.IsCompleted);

        Assert.Equal("accounts: quarantine ended", (await RunAsync(ExitCode.Success, "end-quarantine", "ACCOUNTS", "--dir", second.Root)).Trim());
        await using var table = await waiting.WaitAsync(Patience);
        Assert.DoesNotContain("quarantinedUntil", await File.ReadAllTextAsync(definition), StringComparison.Ordinal);
        Assert.Equal("accounts: not in quarantine", (await RunAsync(ExitCode.Success, "end-quarantine", "accounts", "--dir", second.Root)).Trim());
    }

    private static async Task<string> RunAsync(int expected, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await EtsPersistProgram.RunAsync(arguments, output, error);
        Assert.True(code == expected, error.ToString());
        return output.ToString();
    }
}
