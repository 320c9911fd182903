using EtsPersist.Mmf.Native.Tests.Interleavings;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>Tries mutants among several actors: orders that no kill shows, but another writer or a reader.</summary>
internal sealed class ExploredMutants(Scenario scenario, MutantPool pool)
{
    private const int ExecutionsToRecord = 20;

    private readonly List<RecordedActors> _recorded = [];

    /// <summary>Draws so many executions with each mutant that survives; says how many executions there have been.</summary>
    public long Draw(int executions) => Try(exploration => exploration.Draw(executions));

    /// <summary>Tries orders one by one with as few pre-emptions as the scenario needs, at most so many with each mutant.</summary>
    public long Search(int mostExecutions) => Try(exploration =>
        exploration.Draw(ExecutionsToRecord)
        ?? exploration.Search(new Bounds(scenario.Preemptions, 0), mostExecutions, out _)
        ?? exploration.Search(new Bounds(scenario.PreemptionsWithKills, scenario.Kills), mostExecutions, out _));

    private long Try(Func<Exploration, Finding?> explore)
    {
        Record();
        var executions = 0L;
        foreach (var mutant in _recorded.SelectMany(recorded => recorded.Recorded).SelectMany(pool.KnownOf).Distinct().Where(mutant => mutant.Survives))
        {
            using var exploration = new Exploration(scenario, () => new MutatedActors(mutant.Mutation, pool.Note));
            if (explore(exploration) is { } finding)
                mutant.Notice($"{scenario.Name}: {finding.Problem.Split('\n')[0]}");
            executions += exploration.Tally.Executions;
        }
        return executions;
    }

    private void Record()
    {
        if (_recorded.Count > 0)
            return;
        using var exploration = new Exploration(scenario, () =>
        {
            _recorded.Add(new RecordedActors());
            return _recorded[^1];
        });
        exploration.Draw(ExecutionsToRecord);
    }
}
