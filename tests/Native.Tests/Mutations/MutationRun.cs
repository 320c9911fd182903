using System.Diagnostics;
using EtsPersist.Mmf.Native.Tests.Crash;
using EtsPersist.Mmf.Native.Tests.Interleavings;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>
/// Tries all mutants: first alone, then in recovery, then among several actors, each in what is cheapest first, until something notices it. What
/// survives has to be explained.
/// </summary>
/// <param name="scope">How much is tried.</param>
/// <param name="log">Where progress goes.</param>
internal sealed class MutationRun(MutationScope scope, Action<string> log)
{
    private readonly MutantPool _pool = new(scope.Contains);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _trials;
    private long _schedules;

    public IReadOnlyList<Mutant> Mutants => _pool.All;

    /// <summary>Mutants that nothing has noticed.</summary>
    public IReadOnlyList<Mutant> Survivors => [.. _pool.All.Where(mutant => mutant.Survives)];

    /// <summary>Survivors that nobody can explain.</summary>
    public IReadOnlyList<Mutant> Unexplained => [.. Survivors.Where(mutant => !mutant.IsExplained)];

    /// <summary>Orders that are not promised, and make a difference.</summary>
    public IReadOnlyList<Mutant> BrokenPromises => [.. _pool.Free.Where(mutant => !mutant.IsExplained)];

    /// <summary>How many orders there are that are not promised.</summary>
    public int FreeOrders => _pool.Free.Count;

    /// <summary>Stores of the engine that no scenario makes, if all have been run.</summary>
    public IReadOnlyList<StoreSite> Unmade => scope.IsExhaustive ? [.. EngineStores.All.Where(store => !_pool.Sites.Contains(store))] : [];

    /// <summary>How many tables have been killed with a changed engine.</summary>
    public long Trials => _trials;

    /// <summary>How many executions of several actors there have been with one.</summary>
    public long Schedules => _schedules;

    public TimeSpan Elapsed => _watch.Elapsed;

    public void Run()
    {
        ForEach(AllCrashScenarios.All, "operations", scenario => Interlocked.Add(ref _trials, Of(scenario).TryOperation()));
        ForEach(AllCrashScenarios.All, "recoveries", scenario => Interlocked.Add(ref _trials, Of(scenario).TryRecovery(scope.RecoveryStride)));
        ForEach(AllScenarios.All, "drawn schedules", scenario => Interlocked.Add(ref _schedules, Of(scenario).Draw(scope.Drawn)));
        ForEach(AllScenarios.All, "schedules", scenario => Interlocked.Add(ref _schedules, Of(scenario).Search(scope.Searched)));
        ForEach(AllCrashScenarios.All, "explanations", scenario => Of(scenario).Explain(scope.RecoveryStride));
    }

    private ScenarioMutants Of(CrashScenario scenario) => new(scenario, _pool);

    private ExploredMutants Of(Scenario scenario) => new(scenario, _pool);

    private void ForEach<T>(IEnumerable<T> scenarios, string stage, Action<T> attempt)
    {
        Parallel.ForEach(scenarios, attempt);
        log($"{_watch.Elapsed:mm\\:ss} {stage}: {Survivors.Count} of {Mutants.Count} mutants survive");
    }
}
