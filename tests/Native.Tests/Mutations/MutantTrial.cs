using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>One crash scenario, tried with changed engines.</summary>
internal sealed class MutantTrial : IDisposable
{
    private const int StepsOfAnyTrial = 10_000;

    private readonly CrashScenario _scenario;
    private readonly CrashTrial _trial;
    private readonly int _mostSteps;

    public MutantTrial(CrashScenario scenario)
    {
        _scenario = scenario;
        _trial = new CrashTrial(scenario);
        var whole = RecordedStores.Of(() =>
        {
            KillAt(Moment.Never);
            _trial.Recover();
            _trial.Check("unchanged");
        });
        _mostSteps = (4 * (whole.Reads + whole.Moments)) + StepsOfAnyTrial;
    }

    /// <summary>How many trials have been made.</summary>
    public long Trials { get; private set; }

    /// <summary>How many parts of stores the operation makes.</summary>
    public int Stores => _trial.Stores;

    /// <summary>The stores of the operation.</summary>
    public RecordedStores RecordOperation() => RecordedStores.Of(() => _trial.KillOperationBefore(int.MaxValue));

    /// <summary>The stores of whoever recovers the operation, killed at a moment.</summary>
    public RecordedStores RecordRecovery(int store)
    {
        _trial.KillOperationBefore(store);
        return RecordedStores.Of(_trial.Recover);
    }

    /// <summary>Kills a changed engine at a moment, or does not, and recovers. What goes wrong, or null.</summary>
    public string? Try(Mutation mutation, Moment moment, out bool wasKilled)
    {
        var killed = false;
        var problem = Try(mutation, moment.ToString(), () =>
        {
            killed = KillAt(moment);
            _trial.Recover();
            _trial.Check("changed");
        });
        wasKilled = killed;
        return problem;
    }

    /// <summary>The same, and recovers so far only that nobody can notice the dead.</summary>
    public string? TryDecided(Mutation mutation, int store) => Try(mutation, $"decided after {store}", () =>
    {
        _trial.KillOperationBefore(store);
        _trial.CheckDecided("changed");
    });

    /// <summary>What is left of a changed engine, or of an unchanged one in whose recovery the engine is changed; null if something goes wrong.</summary>
    public Aftermath? TryAftermath(Mutation mutation, Moment moment, bool isRecovery, out string? problem)
    {
        var stores = new MutatedStores(mutation, _trial.Storage, _mostSteps);
        Aftermath? aftermath = null;
        if (isRecovery)
        {
            var wasKilled = _trial.KillOperationBefore(moment.Store);
            problem = Try(stores, moment.ToString(), () => aftermath = AftermathOf(moment, wasKilled, stores));
        }
        else
        {
            problem = Try(stores, moment.ToString(), () => aftermath = AftermathOf(moment, _trial.KillOperationBefore(moment.Store), stores));
        }
        return aftermath;
    }

    /// <summary>What is left of the unchanged engine.</summary>
    public Aftermath AftermathOf(Moment moment) => AftermathOf(moment, _trial.KillOperationBefore(moment.Store), null);

    public void Dispose() => _trial.Dispose();

    private Aftermath AftermathOf(Moment moment, bool wasKilled, MutatedStores? stores)
    {
        var before = moment with { Store = wasKilled ? moment.Store + (stores?.Dropped ?? 0) : int.MaxValue };
        if (moment.Nested is { } nested)
        {
            var dropped = stores?.Dropped ?? 0;
            wasKilled = _trial.KillRecoveryBefore(nested);
            before = before with { Nested = wasKilled ? nested + (stores?.Dropped ?? 0) - dropped : int.MaxValue };
        }
        var killed = new FileImage(_trial.Storage);
        _trial.Recover();
        var recovered = new FileImage(_trial.Storage);
        _trial.Check("changed");
        return new Aftermath(before, wasKilled, killed, recovered, new FileImage(_trial.Storage), stores?.Missed ?? []);
    }

    private bool KillAt(Moment moment)
    {
        var wasKilled = _trial.KillOperationBefore(moment.Store);
        return moment.Nested is { } nested ? _trial.KillRecoveryBefore(nested) : wasKilled;
    }

    private string? Try(Mutation mutation, string moment, Action attempt) =>
        Try(new MutatedStores(mutation, _trial.Storage, _mostSteps), moment, attempt);

    private string? Try(MutatedStores stores, string moment, Action attempt)
    {
        Trials++;
        using var mutated = TracedMemory.Through(stores);
        try
        {
            attempt();
            return null;
        }
#pragma warning disable CA1031 // whatever a changed engine throws, it is noticed by that
        catch (Exception error)
        {
            return $"{_scenario.Name}, {moment}: {error.GetType().Name}, {error.Message.Split('\n')[0]}";
        }
#pragma warning restore CA1031
    }
}
