using System.Diagnostics;
using EtsPersist.Mmf.Peer.Stepping;
using EtsPersist.Mmf.System.Tests.MachineCode.Checks;
using EtsPersist.Mmf.System.Tests.MachineCode.Tracing;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>
/// Looks at a table after each machine instruction of a recovery: what a kill of the recoverer would leave to the next one.
/// </summary>
public sealed class RecoveryTests(ITestOutputHelper output)
{
    private static readonly string[] Usual = ["batch of records"];
    private static readonly string[] Long =
        ["batch of entries", "batch of records", "insert with split of entries", "insert with split of records"];

    /// <summary>How many of the states that an operation can be killed in are recovered from.</summary>
    private static int Moments => SteppingScope.IsExhaustive ? 4 : 2;

    public static TheoryData<string, CodeTier> Operations => SteppingScope.Choose(Usual, Long);

    [PtraceTheory]
    [MemberData(nameof(Operations))]
    public void A_recoverer_killed_after_any_instruction_leaves_the_rest_to_the_next_one(string name, CodeTier tier)
    {
        foreach (var avx2 in SteppingScope.IsExhaustive ? [true, false] : (bool[])[true])
        {
            var code = new CompiledCode(tier, avx2);
            using var peer = new SteppedPeer(name, code);
            var killed = peer.Trace();
            for (var moment = 1; moment <= Moments; moment++)
                Recover(killed, killed.Stores.Count * moment / (Moments + 1), name, code);
        }
    }

    private void Recover(OperationTrace killed, int stores, string name, CompiledCode code)
    {
        var since = Stopwatch.GetTimestamp();
        using var folder = new TemporaryFolder();
        killed.States().ElementAt(stores).Image.WriteTo(folder["killed.ets"]);
        using var peer = new SteppedPeer(SteppedOperations.Recovery, code, "--template", folder["killed.ets"]);
        var trace = peer.Trace();
        var failures = TraceCheck.Failures(SteppedOperations.Named(SteppedOperations.Recovery), trace);
        var moment = $"recovery of {name} killed after {stores} of {killed.Stores.Count} stores";
        var result = new StepResult(moment, code, trace, Stopwatch.GetElapsedTime(since), failures);
        output.WriteLine($"{result}");
        result.Require();
    }
}
