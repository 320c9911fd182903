using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>Tries the mutants that one crash scenario can tell from the unchanged engine.</summary>
/// <remarks>
/// Tried are the moments at which a changed engine leaves another file than the unchanged one: behind a dropped store all of them, of swapped
/// stores those between the two. At every other moment the trial would be one that the crash tests make.
/// </remarks>
internal sealed class ScenarioMutants(CrashScenario scenario, MutantPool pool)
{
    /// <summary>Behind a store of a long operation or recovery fewer moments are tried, spread over all of them.</summary>
    private const int MostMoments = 120;

    /// <summary>Changes the operation. Says how many trials that took.</summary>
    public long TryOperation()
    {
        using var trial = new MutantTrial(scenario);
        var operation = trial.RecordOperation();
        foreach (var mutant in pool.Of(operation))
        {
            if (mutant.Mutation is DroppedStore)
                Try(trial, mutant, Moment.Never);
            foreach (var store in MomentsOf(mutant.Mutation, operation))
            {
                if (!mutant.Survives || !Try(trial, mutant, new Moment(store)))
                    break;
                if (trial.TryDecided(mutant.Mutation, store) is { } problem)
                    mutant.Notice(problem);
            }
        }
        return trial.Trials;
    }

    /// <summary>Changes the recovery behind every kill, or one of so many.</summary>
    public long TryRecovery(int stride)
    {
        using var trial = new MutantTrial(scenario);
        foreach (var (store, recovery) in RecoveriesOf(trial, stride))
        {
            foreach (var mutant in pool.Of(recovery))
            {
                if (mutant.Mutation is DroppedStore)
                    Try(trial, mutant, new Moment(store));
                foreach (var nested in MomentsOf(mutant.Mutation, recovery))
                {
                    if (!mutant.Survives || !Try(trial, mutant, new Moment(store, nested)))
                        break;
                }
            }
        }
        return trial.Trials;
    }

    /// <summary>
    /// Explains every occurrence of the mutants that survive, and of the orders that are not promised: in the operation, or in the recovery of an operation
    /// of the unchanged engine.
    /// </summary>
    public void Explain(int stride)
    {
        using var trial = new MutantTrial(scenario);
        var operation = trial.RecordOperation();
        foreach (var mutant in pool.Of(operation).Concat(pool.FreeOf(operation)))
            ExplainAll(trial, mutant, operation, moment => new Moment(moment), unkilled: Moment.Never, isRecovery: false);
        foreach (var (store, recovery) in RecoveriesOf(trial, stride))
        {
            foreach (var mutant in pool.Of(recovery).Concat(pool.FreeOf(recovery)))
                ExplainAll(trial, mutant, recovery, moment => new Moment(store, moment), unkilled: new Moment(store), isRecovery: true);
        }
    }

    /// <summary>The recoveries from one kill in so many, of those in a row that make the same stores the first.</summary>
    private IEnumerable<(int Store, RecordedStores Recovery)> RecoveriesOf(MutantTrial trial, int stride)
    {
        IReadOnlyList<StoreSite> last = [];
        for (var store = scenario.Name.Length % stride; store <= trial.Stores; store += stride)
        {
            var recovery = trial.RecordRecovery(store);
            StoreSite[] sites = [.. recovery.Stores.Select(made => made.Site)];
            if (!last.SequenceEqual(sites))
                yield return (store, recovery);
            last = sites;
        }
    }

    private void ExplainAll(MutantTrial trial, Mutant mutant, RecordedStores recorded, Func<int, Moment> at, Moment unkilled, bool isRecovery)
    {
        if (mutant.Mutation is DroppedStore)
            Explain(trial, mutant, unkilled, [], isRecovery);
        foreach (var (moment, first, last) in WindowsOf(mutant.Mutation, recorded))
        {
            if (!Explain(trial, mutant, at(moment), Enumerable.Range(first, last - first + 1).Reverse().Select(at), isRecovery))
                break;
        }
    }

    /// <summary>Finds what the unchanged engine leaves that nobody can tell from this. False: there is nothing, or the moment was not reached.</summary>
    private bool Explain(MutantTrial trial, Mutant mutant, Moment moment, IEnumerable<Moment> candidates, bool isRecovery)
    {
        var where = $"{scenario.Name}, {moment}";
        if (trial.TryAftermath(mutant.Mutation, moment, isRecovery, out var problem) is not { } changed)
        {
            mutant.Explain(null, $"{where}: {problem}");
            return false;
        }
        if (mutant.Mutation is not SwappedStores)
            candidates = [changed.Unchanged];
        var found = candidates.Select(candidate => changed.Compare(trial.AftermathOf(candidate))).FirstOrDefault(explanation => explanation is not null);
        mutant.Explain(found, where);
        return changed.WasKilled;
    }

    private static IEnumerable<int> MomentsOf(Mutation mutation, RecordedStores recorded) =>
        WindowsOf(mutation, recorded).Select(window => window.Moment);

    /// <summary>The moments to kill at, each with the first and the last moment at which the unchanged engine may leave the same.</summary>
    private static IEnumerable<(int Moment, int First, int Last)> WindowsOf(Mutation mutation, RecordedStores recorded) =>
        mutation is SwappedStores swapped ? WindowsBetween(swapped, recorded) : WindowsBehind(mutation.First, recorded);

    private static IEnumerable<(int Moment, int First, int Last)> WindowsBehind(StoreSite site, RecordedStores recorded)
    {
        var first = recorded.Stores.First(store => store.Site == site).First;
        var behind = recorded.Moments - first;
        var stride = (behind / MostMoments) + 1;
        return Enumerable.Range(0, (behind + stride - 1) / stride).Select(step => first + 1 + (step * stride)).Select(moment => (moment, moment, moment));
    }

    /// <summary>Between the later store, which comes first, and the end of the earlier one.</summary>
    private static IEnumerable<(int Moment, int First, int Last)> WindowsBetween(SwappedStores swapped, RecordedStores recorded)
    {
        for (var index = 1; index < recorded.Stores.Count; index++)
        {
            var later = recorded.Stores[index];
            if (later.Site != swapped.Later)
                continue;
            foreach (var earlier in recorded.ComingBefore(index).Where(store => store.Site == swapped.Earlier))
            {
                for (var moment = later.First - earlier.Parts + 1; moment < later.End; moment++)
                    yield return (moment, earlier.First, later.End);
            }
        }
    }

    /// <summary>False: the moment was not reached.</summary>
    private static bool Try(MutantTrial trial, Mutant mutant, Moment moment)
    {
        if (trial.Try(mutant.Mutation, moment, out var wasKilled) is { } problem)
            mutant.Notice(problem);
        return wasKilled;
    }
}
