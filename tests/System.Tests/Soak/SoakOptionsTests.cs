using EtsPersist.Mmf.Harness;

namespace EtsPersist.Mmf.Soak.Tests;

public sealed class SoakOptionsTests
{
    [Fact]
    public void Every_option_is_read()
    {
        var options = SoakOptionsParser.Parse(["--minutes", "1.5", "--seed", "6", "--json", "/j", "--dir", "/d", "--sabotage", "leaked"]);
        Assert.Equal((TimeSpan.FromSeconds(90), 6, Sabotage.Leaked), (options.Time, options.Seed, options.Sabotage));
        Assert.Equal((Path.GetFullPath("/j"), Path.GetFullPath("/d")), (options.Json, options.Directory));
    }

    [Theory]
    [InlineData("--minutes", "0")]
    [InlineData("--minutes", "-1")]
    [InlineData("--minutes")]
    [InlineData("--seed", "x")]
    [InlineData("--sabotage", "none")]
    [InlineData("--kills", "3")]
    public void A_wrong_argument_is_refused_by_name(params string[] arguments)
    {
        var error = Assert.Throws<UsageException>(() => SoakOptionsParser.Parse(arguments));
        Assert.Contains(arguments[0], error.Message, StringComparison.Ordinal);
    }
}
