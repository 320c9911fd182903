namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Every scenario, in both formats, or both kinds of bags, where it fits both.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> All { get; } = [.. InBothFormats(), .. RowScenarios.OfRecords, .. InBothBags()];

    public static Scenario Named(string name) => All.Single(scenario => scenario.Name == name);

    private static IEnumerable<Scenario> InBothBags() =>
        [.. BagScenarios.Both.Select(scenario => scenario.InBag(TableKind.Bag)), .. BagScenarios.Both.Select(scenario => scenario.InBag(TableKind.DuplicateBag))];

    private static IEnumerable<Scenario> InBothFormats()
    {
        foreach (var scenario in RowScenarios.Both.Concat(GrowthScenarios.Both).Concat(BatchScenarios.Both).Concat(RecoveryScenarios.Both))
        {
            yield return scenario;
            yield return scenario.WithEntries();
        }
    }
}
