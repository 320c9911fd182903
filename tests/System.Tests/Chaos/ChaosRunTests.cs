using System.Globalization;
using System.Text.Json.Nodes;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.Chaos.Tests;

public sealed class ChaosRunTests
{
    [Theory]
    [InlineData("owner", 5)]
    [InlineData("random", 4)]
    [InlineData("manager", 3)]
    [InlineData("all", 10)]
    public async Task Nothing_is_lost_whoever_is_killed(string target, int kills)
    {
        var (exitCode, json, output) = await RunAsync("--kills", kills.ToString(CultureInfo.InvariantCulture), "--target", target, "--rows", "2000");
        Assert.True(exitCode == 0, output);
        Assert.Equal(kills, (int)json["kills"]!);
        Assert.All(["differences", "lost", "torn", "doubleOwners", "readErrors", "writeErrors"], name => Assert.Equal(0, (int)json[name]!));
        Assert.True((long)json["words"]! > 0 && (long)json["passes"]! > 0, output);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("torn")]
    [InlineData("doubleOwners")]
    public async Task A_guarantee_that_is_broken_on_purpose_is_noticed(string guarantee)
    {
        var (exitCode, json, output) = await RunAsync("--kills", "1", "--sabotage", guarantee);
        Assert.True(exitCode == 1, output);
        Assert.True(json[guarantee] is { } count && (long)count > 0, output);
    }

    [Fact]
    public async Task A_text_that_is_hardly_text_is_counted_right()
    {
        using var text = new TemporaryText([.. TemporaryText.Random(3, 50_000), .. Enumerable.Repeat((byte)'z', 100_000)]);
        var (exitCode, _, output) = await RunAsync("--kills", "2", "--input", text.FullName);
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Wrong_arguments_end_with_the_usage_and_exit_code_2()
    {
        var (exitCode, output) = await ScriptProcess.RunAsync(typeof(ChaosRun), "--kills", "many");
        Assert.Equal(2, exitCode);
        Assert.Contains("usage: chaos.sh", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, JsonNode Json, string Output)> RunAsync(params string[] arguments)
    {
        using var file = new TemporaryText("{}");
        var (exitCode, output) = await ScriptProcess.RunAsync(typeof(ChaosRun), [.. arguments, "--seed", "1", "--json", file.FullName]);
        return (exitCode, JsonNode.Parse(File.ReadAllText(file.FullName))!, output);
    }
}
