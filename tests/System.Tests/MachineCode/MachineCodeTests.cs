using System.Diagnostics;
using EtsPersist.Mmf.Peer.Stepping;
using EtsPersist.Mmf.System.Tests.MachineCode.Checks;
using EtsPersist.Mmf.System.Tests.MachineCode.Tracing;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>
/// Looks at a table after each machine instruction of an operation in another process: what a kill there would leave. This sees stores in
/// the order in which the compiler has put them, which a tracer in the source cannot.
/// </summary>
/// <remarks>
/// A few operations by default; all of them, in all of the compiler's ways, where the environment says ETSPERSIST_EXHAUSTIVE=1.
/// </remarks>
[Collection(ProcessTests.Name)]
public sealed class MachineCodeTests(ITestOutputHelper output)
{
    private static readonly string[] Usual = ["insert of entries", "replace of records", "batch of records", "insert into a bag"];

    public static TheoryData<string, CodeTier, bool> Operations =>
        SteppingScope.Choose(Usual, SteppedOperations.Alone.Select(operation => operation.Name));

    [PtraceTheory]
    [MemberData(nameof(Operations))]
    public void A_kill_after_any_instruction_leaves_the_table_before_or_after_the_operation(string name, CodeTier tier, bool avx2)
    {
        Step(name, new CompiledCode(tier, avx2));
    }

    [PtraceFact]
    public void The_garbage_collector_may_stop_the_thread_at_any_instruction()
    {
        var trace = Step("insert of records", CompiledCode.Default, "--collecting", "1");
        Assert.True(trace.Signals > 0, "The thread was never stopped.");
    }

    private OperationTrace Step(string name, CompiledCode code, params string[] options)
    {
        var since = Stopwatch.GetTimestamp();
        using var peer = new SteppedPeer(name, code, options);
        var trace = peer.Trace();
        var failures = TraceCheck.Failures(SteppedOperations.Named(name), trace);
        var shown = string.Join(' ', [name, .. options]);
        var result = new StepResult(shown, code, trace, Stopwatch.GetElapsedTime(since), failures);
        output.WriteLine($"{result}");
        result.Require();
        return trace;
    }
}
