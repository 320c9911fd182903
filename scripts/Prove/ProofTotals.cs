namespace EtsPersist.Mmf.Prove;

/// <summary>What all parts together have tried, in the words of docs/kill-safety.md.</summary>
internal static class ProofTotals
{
    private static readonly (string Name, string Part, string Count)[] Known =
    [
        ("stores crashed", "crash", "trials"),
        ("recovery stores crashed", "crash", "nestedTrials"),
        ("schedules tried", "interleavings", "executions"),
        ("instructions stepped", "machine", "instructions"),
        ("mutations tried", "mutations", "mutations"),
        ("mutations survived", "mutations", "survived"),
    ];

    /// <summary>The counts of the parts that have been run.</summary>
    public static IEnumerable<(string Name, double Count)> Of(IReadOnlyList<PartResult> results) =>
        from known in Known
        from result in results
        where result.Part.Name == known.Part
        select (known.Name, result.Report.CountOf(known.Count));
}
