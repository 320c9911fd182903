using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Batches, beside each other and beside single operations.</summary>
public sealed class BatchInterleavingTests(ITestOutputHelper output, ExplorationReport report) : InterleavingTests(output, report)
{
    public static TheoryData<string> Scenarios => NamesOf(AllScenarios.Batches);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_interleaving_is_linearizable_and_leaves_a_sound_table(string name) => Explore(name);
}
