using EtsPersist.Mmf.Peer.Stepping;
using EtsPersist.Mmf.System.Tests.MachineCode.Tracing;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>The code for a processor with AVX2.</summary>
public sealed class VectorCodeTests(ITestOutputHelper output) : MachineCodeTests(output)
{
    private static readonly string[] Usual = ["insert of entries", "replace of records", "batch of records", "insert into a bag"];

    public static TheoryData<string, CodeTier> Operations =>
        SteppingScope.Choose(Usual, SteppedOperations.Alone.Select(operation => operation.Name));

    [PtraceTheory]
    [MemberData(nameof(Operations))]
    public void A_kill_after_any_instruction_leaves_the_table_before_or_after_the_operation(string name, CodeTier tier)
    {
        Step(name, new CompiledCode(tier, HasAvx2: true));
    }

    [PtraceFact]
    public void The_garbage_collector_may_stop_the_thread_at_any_instruction()
    {
        var trace = Step("insert of records", CompiledCode.Default, "--collecting", "1");
        Assert.True(trace.Signals > 0, "The thread was never stopped.");
    }
}
