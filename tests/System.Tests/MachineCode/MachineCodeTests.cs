using System.Diagnostics;
using EtsPersist.Mmf.Peer.Stepping;
using EtsPersist.Mmf.System.Tests.MachineCode.Checks;
using EtsPersist.Mmf.System.Tests.MachineCode.Tracing;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>
/// Looks at a table after each machine instruction of an operation in another process: what a kill there would leave. This sees stores in the order in which the
/// compiler has put them, which a tracer in the source cannot.
/// </summary>
/// <remarks>A few operations by default; all of them, by all of the compiler's ways, where the environment says ETSPERSIST_EXHAUSTIVE=1.</remarks>
[Collection(ProcessTests.Name)]
public sealed class MachineCodeTests(ITestOutputHelper output)
{
    private static readonly bool IsExhaustive = Environment.GetEnvironmentVariable("ETSPERSIST_EXHAUSTIVE") == "1";
    private static readonly string[] Usual = ["insert of entries", "replace of records", "batch of records"];

    public static TheoryData<string, CodeTier, bool> Operations
    {
        get
        {
            var data = new TheoryData<string, CodeTier, bool>();
            foreach (var code in IsExhaustive ? CompiledCode.All : [CompiledCode.Default])
            {
                foreach (var operation in SteppedOperations.Alone.Where(operation => IsExhaustive || Usual.Contains(operation.Name)))
                    data.Add(operation.Name, code.Tier, code.HasAvx2);
            }
            return data;
        }
    }

    [PtraceTheory]
    [MemberData(nameof(Operations))]
    public void A_kill_after_any_instruction_leaves_the_table_before_or_after_the_operation(string name, CodeTier tier, bool avx2)
    {
        var since = Stopwatch.GetTimestamp();
        var code = new CompiledCode(tier, avx2);
        using var peer = new SteppedPeer(name, code);
        var trace = peer.Trace();
        var failures = TraceCheck.Failures(SteppedOperations.Named(name), trace);
        output.WriteLine(StepReport.Write(name, code, trace, Stopwatch.GetElapsedTime(since), failures.Count));
        Assert.True(failures.Count == 0, string.Join("\n", failures.Take(10)));
    }
}
