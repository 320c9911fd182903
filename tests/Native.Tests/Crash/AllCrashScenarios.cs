namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>Every scenario, of tables of every kind.</summary>
internal static class AllCrashScenarios
{
    public static IReadOnlyList<CrashScenario> All { get; } =
        [.. CrashScenarios.All, .. EntryCrashScenarios.All, .. OrderedCrashScenarios.All, .. BagCrashScenarios.All];

    public static CrashScenario Named(string name) => All.Single(scenario => scenario.Name == name);
}
