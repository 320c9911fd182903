namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>That the explorations do what they promise.</summary>
public sealed class ExplorationTests
{
    private const int Preemptions = 3;

    [Fact]
    public void A_finding_is_found_again_by_its_schedule()
    {
        var scenario = AllScenarios.Named("a block that comes back under the same reference, and reader");
        using var exploration = new Exploration(scenario, () => new VersionNotMoved());
        var finding = exploration.Run(Budget.Default);
        Assert.NotNull(finding);
        using var other = new Exploration(scenario, () => new VersionNotMoved());
        var again = other.Replay(Schedule.Parse(finding.Schedule.ToString()), Budget.Default);
        Assert.Equal(finding.ToString(), again?.ToString());
    }

    /// <summary>
    /// Leaving out states that are known, and stopping actors only where others can notice it, must not lose a behaviour: each answer and each outcome that
    /// drawn executions come to within the same bounds is among those of the exhaustive exploration.
    /// </summary>
    [Theory]
    [InlineData("insert and delete of one key")]
    [InlineData("counter and counter")]
    [InlineData("entries: take and insert")]
    [InlineData("entries: split and delete of a row that moves")]
    [InlineData("batch and reader")]
    public void What_drawn_executions_come_to_is_among_what_the_exhaustive_exploration_comes_to(string name)
    {
        using var exploration = new Exploration(AllScenarios.Named(name)) { Behaviours = [] };
        exploration.Draw(100); // which words are shared
        exploration.Behaviours.Clear();
        exploration.Exhaust(new Bounds(Preemptions, 0), mostExecutions: 100_000);
        var exhaustive = exploration.Behaviours.ToHashSet();
        exploration.Behaviours.Clear();
        exploration.Draw(2000, Preemptions, kills: 0);
        Assert.True(exploration.Behaviours.Count > 1);
        Assert.Empty(exploration.Behaviours.Except(exhaustive));
    }
}
