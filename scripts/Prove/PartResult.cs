namespace EtsPersist.Mmf.Prove;

/// <summary>What became of one part.</summary>
/// <param name="Part">The part.</param>
/// <param name="Report">What its tests reported.</param>
/// <param name="TestsPassed">Whether they all passed.</param>
/// <param name="Took">How long they took.</param>
internal sealed record PartResult(ProofPart Part, PartReport Report, bool TestsPassed, TimeSpan Took)
{
    /// <summary>What is wrong beyond the failures that were reported; null if nothing is.</summary>
    public string? Problem =>
        Report.Lines == 0 ? "nothing was reported" : !TestsPassed && Report.Failures == 0 ? "a test failed" : null;

    /// <summary>The failures, at least one where there is a problem.</summary>
    public long Failures => Report.Failures + (Problem is null ? 0 : 1);
}
