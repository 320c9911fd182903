using EtsPersist.Mmf.Harness;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.Replay.Tests;

public sealed class ReplayOptionsTests
{
    [Fact]
    public void Every_option_is_read()
    {
        using var folder = new TemporaryFolder();
        var directory = folder["traces"];
        Directory.CreateDirectory(directory);
        var options = ReplayOptionsParser.Parse(["--stress", "--only", "set-*", directory]);
        Assert.Equal((true, "set-*", directory), (options.Stress, options.Only, options.Directory));
    }

    [Theory]
    [InlineData("--only")]
    [InlineData("--kills", "3")]
    [InlineData("no-such-folder")]
    public void A_wrong_argument_is_refused_by_name(params string[] arguments)
    {
        var error = Assert.Throws<UsageException>(() => ReplayOptionsParser.Parse(arguments));
        Assert.Contains(arguments[0], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_required() =>
        Assert.Contains("DIR", Assert.Throws<UsageException>(() => ReplayOptionsParser.Parse(["--stress"])).Message, StringComparison.Ordinal);
}
