using System.Text.Json;
using EtsPersist.Mmf.Harness.Proof;
using EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>What came out of stepping through an operation.</summary>
/// <param name="Operation">The operation, in words.</param>
/// <param name="Code">What the compiler made of it.</param>
/// <param name="Trace">What its instructions did.</param>
/// <param name="Elapsed">How long all of it took: the peer's rehearsals, the steps, the checks.</param>
/// <param name="Failures">What is wrong with the states in which a kill leaves the table, a sentence each.</param>
internal sealed record StepResult(
    string Operation, CompiledCode Code, OperationTrace Trace, TimeSpan Elapsed, IReadOnlyList<string> Failures)
{
    private const int ShownFailures = 10;

    private int States => Trace.Stores.Count + 1;

    /// <summary>
    /// Fails if anything is wrong. Before, it reports.
    /// </summary>
    public void Require()
    {
        ProofReport.Append(ToJson());
        Assert.True(Failures.Count == 0, string.Join("\n", Failures.Take(ShownFailures)));
    }

    public override string ToString()
    {
        var each = Trace.Elapsed.TotalMicroseconds / Trace.Instructions;
        var steps = $"{Trace.Instructions} instructions in {Trace.Elapsed.TotalSeconds:F3} s ({each:F0} µs each)";
        return $"{Operation}, {Code}: {steps}, {States} states, {Elapsed.TotalSeconds:F1} s in all, {Failures.Count} failures";
    }

    private string ToJson() => JsonSerializer.Serialize(new
    {
        part = "machine",
        tier = Code.Tier.ToString(),
        avx2 = Code.HasAvx2,
        operation = Operation,
        instructions = Trace.Instructions,
        states = States,
        seconds = Math.Round(Elapsed.TotalSeconds, 3),
        failures = Failures.Count,
    });
}
