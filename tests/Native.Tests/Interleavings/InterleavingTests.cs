using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// Several actors step through production code in every order that takes few pre-emptions, and in many that are drawn. One or two of them are killed at
/// any of their stores. See <see cref="Exploration"/>. One class for each list of scenarios, so that the lists are explored beside each other.
/// </summary>
public abstract class InterleavingTests(ITestOutputHelper output, ExplorationReport report) : IClassFixture<ExplorationReport>
{
    internal static TheoryData<string> NamesOf(IEnumerable<Scenario> scenarios) => [.. scenarios.Select(scenario => scenario.Name)];

    /// <summary>Explores one scenario, or runs the one execution of it that the environment asks for.</summary>
    protected void Explore(string name)
    {
        using var exploration = new Exploration(AllScenarios.Named(name));
        var finding = KnownSchedule.Of(name) is { } schedule
            ? exploration.Replay(schedule, Budget.Default)
            : exploration.Run(Budget.Default);
        output.WriteLine($"TALLY {exploration.Tally} {name}");
        report.Add(exploration.Tally);
        Assert.True(finding is null, finding?.ToString());
    }
}
