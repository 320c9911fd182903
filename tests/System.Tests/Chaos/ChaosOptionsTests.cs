using EtsPersist.Mmf.Harness;

namespace EtsPersist.Mmf.Chaos.Tests;

public sealed class ChaosOptionsTests
{
    [Fact]
    public void Without_arguments_the_defaults_hold()
    {
        var options = ChaosOptionsParser.Parse([]);
        Assert.Equal((20, 3, 0, 0L), (options.Kills, options.Workers, options.Standbys, options.Rows));
        Assert.Equal((KillTarget.Owner, SabotageKind.None), (options.Target, options.Sabotage));
        Assert.Null(options.Json ?? options.Input ?? options.Directory);
    }

    [Fact]
    public void Every_option_is_read()
    {
        using var text = new TemporaryText("words");
        var options = ChaosOptionsParser.Parse(
            ["--kills", "100", "--workers", "4", "--standbys", "1", "--target", "all", "--rows", "5", "--seed", "6", "--json", "/j", "--input", text.FullName, "--dir", "/d", "--sabotage", "doubleOwners"]);
        Assert.Equal((100, 4, 1, 5L, 6), (options.Kills, options.Workers, options.Standbys, options.Rows, options.Seed));
        Assert.Equal((KillTarget.All, SabotageKind.DoubleOwners), (options.Target, options.Sabotage));
        Assert.Equal((Path.GetFullPath("/j"), text.FullName, Path.GetFullPath("/d")), (options.Json, options.Input, options.Directory));
    }

    [Theory]
    [InlineData("--kill", "3")]
    [InlineData("--kills")]
    [InlineData("--kills", "-1")]
    [InlineData("--kills", "x")]
    [InlineData("--workers", "0")]
    [InlineData("--target", "Owner")]
    [InlineData("--target", "1")]
    [InlineData("--sabotage", "none")]
    [InlineData("--sabotage", "lost", "--target", "manager")]
    [InlineData("--sabotage", "doubleOwners", "--workers", "1")]
    [InlineData("--input", "/there/is/no/such/file")]
    [InlineData("surplus")]
    public void A_wrong_argument_is_refused_by_name(params string[] arguments)
    {
        var error = Assert.Throws<UsageException>(() => ChaosOptionsParser.Parse(arguments));
        Assert.Contains(arguments[0], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_text_is_refused()
    {
        using var text = new TemporaryText("");
        Assert.Throws<UsageException>(() => ChaosOptionsParser.Parse(["--input", text.FullName]));
    }
}
