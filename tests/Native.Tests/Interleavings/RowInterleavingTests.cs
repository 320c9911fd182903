using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Operations on rows, two or three at a time.</summary>
public sealed class RowInterleavingTests(ITestOutputHelper output, ExplorationReport report) : InterleavingTests(output, report)
{
    public static TheoryData<string> Scenarios => NamesOf(AllScenarios.Rows);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_interleaving_is_linearizable_and_leaves_a_sound_table(string name) => Explore(name);
}
