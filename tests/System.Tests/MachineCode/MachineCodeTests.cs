using System.Diagnostics;
using EtsPersist.Mmf.Peer.Stepping;
using EtsPersist.Mmf.System.Tests.MachineCode.Checks;
using EtsPersist.Mmf.System.Tests.MachineCode.Tracing;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>
/// Looks at a table after each machine instruction of an operation in another process: what a kill there would leave. This sees stores in
/// the order in which the compiler has put them, which a tracer in the source cannot.
/// </summary>
/// <remarks>
/// A few operations by default; all of them, in all of the compiler's ways, where the environment says ETSPERSIST_EXHAUSTIVE=1.
/// <see cref="VectorCodeTests"/> and <see cref="ScalarCodeTests"/> share them, and run at the same time.
/// </remarks>
public abstract class MachineCodeTests(ITestOutputHelper output)
{
    private protected OperationTrace Step(string name, CompiledCode code, params string[] options)
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
