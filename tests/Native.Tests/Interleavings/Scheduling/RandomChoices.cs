namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// Runs the actor of the highest priority. Priorities are drawn, and at a few drawn steps the running actor falls to the lowest, so that a race which takes
/// few changes of the running actor is met soon (probabilistic concurrency testing). Kills happen at drawn steps as well.
/// </summary>
internal sealed class RandomChoices : IChoices
{
    private const int MostChanges = 6;

    private readonly int[] _priorities;
    private readonly Queue<int> _changes;
    private readonly Queue<int> _kills;
    private readonly Random _random;
    private int _lowest;

    /// <param name="seed">Decides everything.</param>
    /// <param name="actors">How many actors there are.</param>
    /// <param name="steps">About how many steps the execution will have.</param>
    /// <param name="kills">How many processes may be killed.</param>
    public RandomChoices(int seed, int actors, int steps, int kills)
    {
        _random = new Random(seed);
        _priorities = [.. Enumerable.Range(1, actors)];
        _random.Shuffle(_priorities);
        _changes = Draw(1 + _random.Next(MostChanges), steps);
        _kills = Draw(_random.Next(kills + 1), steps);
    }

    public bool AtEveryStep => true;

    public int Choose(Execution execution, ReadOnlySpan<Option> options)
    {
        if (IsDue(_kills, execution.Steps) && IndexOfKill(options) is >= 0 and var kill)
        {
            _kills.Dequeue();
            return kill;
        }
        while (IsDue(_changes, execution.Steps))
        {
            _changes.Dequeue();
            _priorities[options[0].Actor] = --_lowest;
        }
        var chosen = 0;
        for (var option = 1; option < options.Length; option++)
        {
            if (options[option].Kind == OptionKind.Run && _priorities[options[option].Actor] > _priorities[options[chosen].Actor])
                chosen = option;
        }
        return chosen;
    }

    private static bool IsDue(Queue<int> steps, int step) => steps.TryPeek(out var due) && due <= step;

    private Queue<int> Draw(int count, int steps) => new(Enumerable.Range(0, count).Select(_ => _random.Next(steps)).Order());

    /// <summary>Kills come last among the options.</summary>
    private int IndexOfKill(ReadOnlySpan<Option> options)
    {
        var first = options.Length;
        while (first > 0 && options[first - 1].Kind == OptionKind.Kill)
            first--;
        return first == options.Length ? -1 : _random.Next(first, options.Length);
    }
}
