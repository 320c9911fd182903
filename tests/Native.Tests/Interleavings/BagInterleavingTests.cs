using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Bags of both kinds.</summary>
public sealed class BagInterleavingTests(ITestOutputHelper output, ExplorationReport report) : InterleavingTests(output, report)
{
    public static TheoryData<string> Scenarios => NamesOf(AllScenarios.Bags);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_interleaving_is_linearizable_and_leaves_a_sound_table(string name) => Explore(name);
}
