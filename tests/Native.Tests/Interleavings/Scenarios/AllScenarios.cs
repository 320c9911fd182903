namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Every scenario, in all formats and kinds that it fits.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> All { get; } = [.. InAllFormats(), .. RowScenarios.OfRecords, .. OrderedScenarios.All, .. InBothBags()];

    public static Scenario Named(string name) => All.Single(scenario => scenario.Name == name);

    private static IEnumerable<Scenario> InBothBags() =>
        [.. BagScenarios.Both.Select(scenario => scenario.InBag(TableKind.Bag)), .. BagScenarios.Both.Select(scenario => scenario.InBag(TableKind.DuplicateBag))];

    private static IEnumerable<Scenario> InAllFormats()
    {
        foreach (var scenario in RowScenarios.Both.Concat(GrowthScenarios.Both).Concat(BatchScenarios.Both).Concat(RecoveryScenarios.Both))
        {
            yield return scenario;
            yield return scenario.WithEntries();
            if (!scenario.SplitsBuckets)
                yield return scenario.InOrder();
        }
    }
}
