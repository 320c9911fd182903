namespace EtsPersist.Mmf.Soak.Tests;

public sealed class KillCountsTests
{
    [Fact]
    public void Kills_are_counted_by_role_and_by_moment()
    {
        var kills = new KillCounts();
        kills.Add(Role.Writer, KillMoment.Batch);
        kills.Add(Role.Writer, KillMoment.Batch);
        kills.Add(Role.Writer, KillMoment.Growth);
        kills.Add(Role.Worker, KillMoment.Batch);
        Assert.Equal((4, 3, 0), (kills.All, kills.Of(Role.Writer), kills.Of(Role.Reader)));
        Assert.Equal([(KillMoment.Batch, 2), (KillMoment.Growth, 1)], kills.OfByMoment(Role.Writer));
        Assert.Contains((KillMoment.Batch, 3), kills.ByMoment);
    }
}
