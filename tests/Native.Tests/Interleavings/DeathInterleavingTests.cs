using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Deaths, and who settles them.</summary>
public sealed class DeathInterleavingTests(ITestOutputHelper output, ExplorationReport report) : InterleavingTests(output, report)
{
    public static TheoryData<string> Scenarios => NamesOf(AllScenarios.Deaths);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_interleaving_is_linearizable_and_leaves_a_sound_table(string name) => Explore(name);
}
