using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Splits of buckets and leaves, beside everything else.</summary>
public sealed class SplitInterleavingTests(ITestOutputHelper output, ExplorationReport report) : InterleavingTests(output, report)
{
    public static TheoryData<string> Scenarios => NamesOf(AllScenarios.Splits);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_interleaving_is_linearizable_and_leaves_a_sound_table(string name) => Explore(name);
}
