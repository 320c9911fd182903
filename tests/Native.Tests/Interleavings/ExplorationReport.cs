using EtsPersist.Mmf.Harness.Proof;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Adds up what has been explored of the engine as it is, and reports it at the end.</summary>
public sealed class ExplorationReport : IDisposable
{
    private readonly Tally _sum = new();

    internal void Add(Tally tally) => _sum.Add(tally);

    public void Dispose() => ProofReport.Append(
        "interleavings",
        ("scenarios", _sum.Scenarios),
        ("executions", _sum.Executions),
        ("steps", _sum.Steps),
        ("kills", _sum.Kills),
        ("failures", _sum.Failures),
        ("seconds", Math.Round(_sum.Seconds, 1)));
}
