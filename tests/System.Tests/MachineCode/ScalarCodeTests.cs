using EtsPersist.Mmf.Peer.Stepping;
using EtsPersist.Mmf.System.Tests.MachineCode.Tracing;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>The code for a processor without AVX2.</summary>
public sealed class ScalarCodeTests(ITestOutputHelper output) : MachineCodeTests(output)
{
    private static readonly string[] Usual = ["insert of entries"];

    public static TheoryData<string, CodeTier> Operations =>
        SteppingScope.Choose(Usual, SteppedOperations.Alone.Select(operation => operation.Name));

    [PtraceTheory]
    [MemberData(nameof(Operations))]
    public void A_kill_after_any_instruction_leaves_the_table_before_or_after_the_operation(string name, CodeTier tier)
    {
        Step(name, new CompiledCode(tier, HasAvx2: false));
    }
}
