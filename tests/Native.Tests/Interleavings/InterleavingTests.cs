using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// Several actors step through production code in every order that takes few pre-emptions, and in many that are drawn. One or two of them are killed at
/// any of their stores. See <see cref="Exploration"/>.
/// </summary>
public sealed class InterleavingTests(ITestOutputHelper output, ExplorationReport report) : IClassFixture<ExplorationReport>
{
    public static TheoryData<string> Scenarios => [.. AllScenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_interleaving_is_linearizable_and_leaves_a_sound_table(string name)
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
