namespace EtsPersist.Mmf.Native.Tests.Models;

/// <summary>Walks every interleaving of a small model, breadth first, so that the trail to a violation is a shortest one.</summary>
/// <typeparam name="TState">All of the model at one moment; two states are the same if they are equal.</typeparam>
internal sealed class Explorer<TState> where TState : notnull
{
    private const int MostStates = 2_000_000;

    private readonly Dictionary<string, string> _violations = [];

    /// <summary>How many different states there are.</summary>
    public int States { get; private set; }

    /// <summary>What went wrong, each with the steps that lead there.</summary>
    public IReadOnlyDictionary<string, string> Violations => _violations;

    /// <summary>Explores everything that can happen.</summary>
    /// <param name="first">Where it begins.</param>
    /// <param name="steps">What each actor may do next, kills included.</param>
    /// <param name="violation">What is wrong with a state, or null. Nothing is explored behind a violation.</param>
    public static Explorer<TState> Explore(TState first, Func<TState, IEnumerable<(string Step, TState Next)>> steps, Func<TState, string?> violation)
    {
        var explorer = new Explorer<TState>();
        var cameFrom = new Dictionary<TState, (string Step, TState From)?> { [first] = null };
        var queue = new Queue<TState>([first]);
        while (queue.TryDequeue(out var state))
        {
            if (violation(state) is { } wrong)
            {
                if (!explorer._violations.ContainsKey(wrong))
                    explorer._violations[wrong] = Trail(state, cameFrom);
                continue;
            }
            foreach (var (step, next) in steps(state))
            {
                if (cameFrom.TryAdd(next, (step, state)))
                    queue.Enqueue(next);
            }
            Assert.True(cameFrom.Count < MostStates, "The model is not small.");
        }
        explorer.States = cameFrom.Count;
        return explorer;
    }

    /// <summary>Nothing can go wrong.</summary>
    public void RequireSound() => Assert.True(_violations.Count == 0, string.Join('\n', _violations.Select(pair => $"{pair.Key}: {pair.Value}")));

    /// <summary>The model is good enough to notice this.</summary>
    public void RequireViolation(string expected) => Assert.Contains(expected, _violations.Keys);

    private static string Trail(TState state, Dictionary<TState, (string Step, TState From)?> cameFrom)
    {
        var steps = new List<string>();
        while (cameFrom[state] is { } origin)
        {
            steps.Add(origin.Step);
            state = origin.From;
        }
        steps.Reverse();
        return string.Join(" | ", steps);
    }
}
