namespace EtsPersist.Mmf.Chaos.Tests;

public sealed class KillPlanTests
{
    [Fact]
    public void The_owner_alone_is_hit_by_default() => Assert.All(Blows(new ChaosOptions()), kind => Assert.Equal(KillKind.Owner, kind));

    [Fact]
    public void The_manager_alone_is_hit_on_request() =>
        Assert.All(Blows(new ChaosOptions { Target = KillTarget.Manager }), kind => Assert.Equal(KillKind.Manager, kind));

    [Fact]
    public void Any_worker_is_as_likely_as_the_owner_and_the_owner_comes_first()
    {
        var blows = Blows(new ChaosOptions { Target = KillTarget.Random, Workers = 4 }).ToArray();
        Assert.Equal(KillKind.Owner, blows[0]);
        Assert.Equal(3, blows[1..5].Count(kind => kind == KillKind.Waiting));
    }

    [Fact]
    public void Every_kind_is_met_in_a_short_run_at_everything()
    {
        var options = new ChaosOptions { Target = KillTarget.All, Workers = 4, Standbys = 1 };
        Assert.Equal(Enum.GetValues<KillKind>(), Blows(options).Take(10).Distinct().Order());
    }

    [Fact]
    public void Nobody_is_hit_who_is_not_there()
    {
        var blows = Blows(new ChaosOptions { Target = KillTarget.All, Workers = 1 });
        Assert.Equal([KillKind.Owner, KillKind.Manager, KillKind.ManagerAndOwner], blows.Distinct().Order());
    }

    [Fact]
    public void The_same_seed_gives_the_same_order()
    {
        var options = new ChaosOptions { Target = KillTarget.All, Standbys = 1 };
        Assert.Equal(Blows(options), Blows(options));
    }

    private static IEnumerable<KillKind> Blows(ChaosOptions options) => KillPlan.Blows(options, new Random(1)).Take(40);
}
