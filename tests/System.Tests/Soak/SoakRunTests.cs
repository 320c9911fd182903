using System.Text.Json.Nodes;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.Soak.Tests;

/// <summary>Short runs of the program as a user starts it.</summary>
[Collection(ProcessTests.Name)]
public sealed class SoakRunTests
{
    [Fact]
    public async Task A_short_run_kills_every_role_and_finds_nothing_wrong()
    {
        var (exitCode, json, output) = await RunAsync();
        Assert.True(exitCode == 0, output);
        Assert.All(["writer", "reader", "recoverer", "worker", "manager"], role => Assert.True((int)json["kills"]![role]! > 0, output));
        Assert.All(
            ["lost", "torn", "leakedBytes", "doubleOwners", "readerWaits", "readErrors", "errors"], name => Assert.Equal(0, (long)json[name]!));
        Assert.True((long)json["acknowledged"]! > 0 && (long)json["reads"]! > 0 && (int)json["handOffs"]! > 0, output);
    }

    [Theory]
    [InlineData("lost", "lost")]
    [InlineData("torn", "torn")]
    [InlineData("leaked", "leakedBytes")]
    [InlineData("doubleOwners", "doubleOwners")]
    public async Task A_guarantee_that_is_broken_on_purpose_is_noticed(string sabotage, string counter)
    {
        var (exitCode, json, output) = await RunAsync("--sabotage", sabotage);
        Assert.True(exitCode == 1, output);
        Assert.True((long)json[counter]! > 0, output);
    }

    private static async Task<(int ExitCode, JsonNode Json, string Output)> RunAsync(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output) = await ScriptProcess.RunAsync(typeof(SoakRun), [.. arguments, "--minutes", "0.05", "--seed", "1", "--json", folder["json"]]);
        Assert.True(File.Exists(folder["json"]), output);
        return (exitCode, JsonNode.Parse(await File.ReadAllTextAsync(folder["json"]))!, output);
    }
}
