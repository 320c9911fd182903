namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// Takes all ways, one in each execution: the way of the last one up to its last choice that leaves another, and that other.
/// A state that has been met before, with at least as many pre-emptions left, is not explored again: the execution runs to its end without choices.
/// </summary>
internal sealed class DepthFirstChoices(Bounds bounds) : IChoices
{
    private readonly List<(byte Chosen, byte Options)> _way = [];
    private readonly Dictionary<ulong, byte> _visited = [];
    private int _depth;
    private bool _known;

    public bool AtEveryStep => false;

    /// <summary>How many states have been met at which there was something to choose.</summary>
    public int States => _visited.Count;

    public int Choose(Execution execution, ReadOnlySpan<Option> options)
    {
        if (_known)
            return 0;
        if (_depth < _way.Count)
            return _way[_depth++].Chosen;
        var left = (byte)(bounds.Preemptions - execution.Preemptions + 1);
        var state = execution.StateKey();
        if (_visited.GetValueOrDefault(state) >= left)
        {
            _known = true;
            return 0;
        }
        _visited[state] = left;
        _way.Add((0, (byte)options.Length));
        _depth++;
        return 0;
    }

    /// <summary>Goes on to the next way. False: there is none.</summary>
    public bool MoveNext()
    {
        _depth = 0;
        _known = false;
        while (_way.Count > 0)
        {
            var (chosen, options) = _way[^1];
            if (chosen + 1 < options)
            {
                _way[^1] = ((byte)(chosen + 1), options);
                return true;
            }
            _way.RemoveAt(_way.Count - 1);
        }
        return false;
    }
}
