using EtsPersist.Mmf.Manager.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;

namespace EtsPersist.Mmf.Manager.Tests.Hosting;

/// <summary>The units of <c>docs/systemd</c>, as a user copies them.</summary>
public sealed class SystemdUnitTests
{
    public static TheoryData<string> Units => [.. Directory.GetFiles(Folder, "*.service").Select(path => Path.GetFileName(path)).Order()];

    private static string Folder => Path.Join(AppContext.BaseDirectory, "Hosting", "Units");

    [Theory]
    [MemberData(nameof(Units))]
    public void A_unit_waits_for_the_notification_and_starts_and_reloads_a_command_that_there_is(string unit)
    {
        var settings = Read(unit);
        Assert.Equal("notify", settings["Type"]);
        Assert.Equal("main", settings["NotifyAccess"]); // the manager itself notifies
        Assert.EndsWith("-HUP $MAINPID", settings["ExecReload"], StringComparison.Ordinal);
        Assert.Equal($"{ExitCode.Usage}", settings["RestartPreventExitStatus"]); // it would fail again
        var words = settings["ExecStart"].Replace("%i", "shop", StringComparison.Ordinal).Split(' ');
        Assert.EndsWith("/etspersist", words[0], StringComparison.Ordinal);
        Assert.Empty(CommandTree.For(words[1..]).Parse(words[1..]).Errors);
    }

    [Fact]
    public void Manager_and_standby_are_started_alike_so_that_either_may_follow_the_other()
    {
        var (manager, standby) = (Read("etspersist@.service"), Read("etspersist-standby@.service"));
        Assert.Contains(" run --standby ", manager["ExecStart"], StringComparison.Ordinal); // it comes back to a standby that has taken over
        Assert.Equal(manager["ExecStart"], standby["ExecStart"]);
        Assert.Equal(manager["User"], standby["User"]);
    }

    private static Dictionary<string, string> Read(string unit) => File.ReadLines(Path.Join(Folder, unit))
        .Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#')
        .ToDictionary(line => line.Split('=')[0], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
}
