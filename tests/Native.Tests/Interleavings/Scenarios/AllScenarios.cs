namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Every scenario, in all formats and kinds that it fits.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> Rows { get; } = [.. InAllFormats(RowScenarios.Both), .. RowScenarios.OfRecords];

    public static IReadOnlyList<Scenario> Splits { get; } = [.. InAllFormats(GrowthScenarios.Both), .. OrderedScenarios.All];

    public static IReadOnlyList<Scenario> Batches { get; } = [.. InAllFormats(BatchScenarios.Both)];

    public static IReadOnlyList<Scenario> Deaths { get; } = [.. InAllFormats(RecoveryScenarios.Both)];

    public static IReadOnlyList<Scenario> Bags { get; } =
        [.. BagScenarios.Both.Select(scenario => scenario.InBag(TableKind.Bag)), .. BagScenarios.Both.Select(scenario => scenario.InBag(TableKind.DuplicateBag))];

    public static IReadOnlyList<Scenario> All { get; } = [.. Rows, .. Splits, .. Batches, .. Deaths, .. Bags];

    public static Scenario Named(string name) => All.Single(scenario => scenario.Name == name);

    private static IEnumerable<Scenario> InAllFormats(IEnumerable<Scenario> scenarios)
    {
        foreach (var scenario in scenarios)
        {
            yield return scenario;
            yield return scenario.WithEntries();
            if (!scenario.SplitsBuckets)
                yield return scenario.InOrder();
        }
    }
}
