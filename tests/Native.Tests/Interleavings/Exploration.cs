using System.Diagnostics;
using EtsPersist.Mmf.Native.Engine.Space;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Runs one scenario again and again, each time in another order, from the same beginning.</summary>
/// <remarks>
/// After each execution the dead are settled by somebody else, the file is verified byte by byte, and the history together with the rows that are left
/// must be linearizable. Drawn executions come first; they also find out which words more than one actor touches, before whose accesses alone the
/// exhaustive exploration stops actors. If that finds more such words, it begins again.
/// </remarks>
internal sealed class Exploration : IDisposable
{
    private readonly Scenario _scenario;
    private readonly Func<Defect>? _defect;
    private readonly Image _image;
    private readonly Keys _keys;
    private readonly Actor[] _actors;
    private readonly Preparation _preparation;
    private readonly ulong _beginning;
    private readonly Dictionary<ulong, Outcome> _outcomes = [];
    private readonly HashSet<ulong> _linearizable = [];

    public Exploration(Scenario scenario, Func<Defect>? defect = null)
    {
        _scenario = scenario;
        _defect = defect;
        _image = new Image(scenario.Kind);
        SteppedMemory.Enter(_image, actor: null);
        TableFormatter.Decide<SteppedMemory>(_image.Space, scenario.Format);
        _keys = new Keys(_image.Space);
        _preparation = Preparation.Of(scenario, _image.Space, _keys);
        _image.Keep();
        _beginning = _image.HashAll();
        _actors = [.. scenario.Scripts.Select((script, index) => new Actor(index, script.Name, _image))];
    }

    public Tally Tally { get; } = new() { Scenarios = 1 };

    /// <summary>What executions have come to, if somebody wants to know.</summary>
    public HashSet<string>? Behaviours { get; init; }

    /// <summary>Explores as much as the budget says, or until something goes wrong.</summary>
    public Finding? Run(Budget budget)
    {
        var watch = Stopwatch.StartNew();
        var finding = Draw(_scenario.IsLarge ? budget.DrawnOfLarge : budget.Drawn);
        if (!_scenario.IsLarge)
            finding ??= WithAndWithoutKills(0, bounds => Exhaust(bounds, budget.MostExecutions));
        finding ??= WithAndWithoutKills(_scenario.IsLarge ? 0 : 1, bounds => Search(bounds, budget.SearchedBeyond, out _));
        Tally.Seconds += watch.Elapsed.TotalSeconds;
        Tally.Failures += finding is null ? 0 : 1;
        if (_image.HashAll() != _beginning)
            throw new InvalidOperationException("Something was stored past the seam.");
        return finding;
    }

    private Finding? WithAndWithoutKills(int morePreemptions, Func<Bounds, Finding?> explore)
    {
        var finding = explore(new Bounds(_scenario.Preemptions + morePreemptions, 0));
        return _scenario.Kills == 0 ? finding : finding ?? explore(new Bounds(_scenario.PreemptionsWithKills + morePreemptions, _scenario.Kills));
    }

    /// <summary>Runs an execution that is known, once it is known which words are shared.</summary>
    public Finding? Replay(Schedule schedule, Budget budget) =>
        Draw(budget.Drawn) ?? Execute(new ReplayedChoices(schedule), new Bounds(int.MaxValue, int.MaxValue), true, out _);

    /// <summary>Runs executions in a drawn order.</summary>
    public Finding? Draw(int executions, int preemptions = int.MaxValue, int kills = int.MaxValue)
    {
        var steps = 1;
        for (var seed = 0; seed < executions; seed++)
        {
            var mayKill = seed % 2 == 0 ? 0 : Math.Min(kills, _scenario.Kills);
            if (Execute(new RandomChoices(seed, _actors.Length, steps, mayKill), new Bounds(preemptions, mayKill), knowsSharedWords: false, out var taken) is { } finding)
                return finding with { Seed = seed };
            steps = Math.Max(steps, taken);
        }
        return null;
    }

    /// <summary>Runs executions in every order within the bounds.</summary>
    public Finding? Exhaust(Bounds bounds, int mostExecutions)
    {
        var finding = Search(bounds, mostExecutions, out var isComplete);
        Assert.True(isComplete, $"{_scenario}: more than {mostExecutions} executions.");
        return finding;
    }

    /// <summary>The same, but gives up after so many.</summary>
    public Finding? Search(Bounds bounds, int mostExecutions, out bool isComplete)
    {
        int sharedWords;
        do
        {
            sharedWords = _image.SharedWords;
            var choices = new DepthFirstChoices(bounds);
            var executions = 0;
            do
            {
                isComplete = ++executions <= mostExecutions;
                if (!isComplete)
                    return null;
                if (Execute(choices, bounds, knowsSharedWords: true, out _) is { } finding && _image.SharedWords == sharedWords)
                    return finding;
            }
            while (_image.SharedWords == sharedWords && choices.MoveNext());
        }
        while (_image.SharedWords != sharedWords);
        return null;
    }

    public void Dispose()
    {
        foreach (var actor in _actors)
            actor.Dispose();
        _image.Dispose();
    }

    private Finding? Execute(IChoices choices, Bounds bounds, bool knowsSharedWords, out int steps)
    {
        using var execution = new Execution(_image, _actors, choices, bounds) { Defect = _defect?.Invoke(), KnowsSharedWords = knowsSharedWords };
        for (var index = 0; index < _actors.Length; index++)
            Prepare(execution, _actors[index], _scenario.Scripts[index]);
        execution.Run();
        steps = execution.Steps;
        Tally.Executions++;
        Tally.Steps += execution.Steps;
        Tally.Kills += execution.Kills;
        var problem = execution.Failure ?? ProblemAfter(execution);
        _image.Undo();
        return problem is null ? null : new Finding(_scenario.Name, problem, execution.Schedule, execution.History.ToString());
    }

    private void Prepare(Execution execution, Actor actor, Script script)
    {
        var process = execution.Kernel.NewProcess();
        execution.Processes[actor] = process;
        var context = _preparation.NewContext(new SteppedLiveness(process, actor), _preparation.Slots[actor.Index]);
        if (context.Slot >= 0)
            process.TryHold(context.Slot);
        execution.NoteSlot(actor, context.Slot);
        actor.Begin(execution, script.IsKillable, performer => script.Run(new ActorTable(performer, context, _keys) { Fillers = _preparation.Fillers }));
    }

    private string? ProblemAfter(Execution execution)
    {
        var state = execution.MemoryKey();
        if (!_outcomes.TryGetValue(state, out var outcome))
            _outcomes[state] = outcome = _preparation.Settle(execution);
        if (outcome.Problem is not null)
            return outcome.Problem;
        Behaviours?.Add($"{execution.History.Behaviour} {outcome.Rows} {state:x}");
        var history = Mixing.Mix(execution.History.Key, (ulong)outcome.Rows.GetHashCode());
        if (!_linearizable.Contains(history) && !execution.History.IsLinearizable(_preparation.Rows, outcome.Rows))
            return $"no order of the operations explains the answers and the rows that are left, {outcome.Rows}";
        _linearizable.Add(history);
        return null;
    }
}
