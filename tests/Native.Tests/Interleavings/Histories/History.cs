namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The operations of one execution, in the order in which they could first be noticed.</summary>
internal sealed class History(int actors)
{
    private readonly List<Operation> _operations = [];
    private readonly Operation?[] _current = new Operation?[actors];
    private readonly ulong[] _begun = new ulong[actors];
    private ulong _completed;
    private int _clock;

    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>A hash of which operations had ended when others began.</summary>
    public ulong OrderKey { get; private set; }

    /// <summary>A hash of everything in the history.</summary>
    public ulong Key => _operations.Aggregate(0UL, (key, operation) => Mixing.Mix(
        Mixing.Mix(key, (uint)operation.Name.GetHashCode(StringComparison.Ordinal)),
        Mixing.Mix(((ulong)(uint)operation.Invoked << 32) | (uint)operation.Responded, (ulong)operation.Answer.GetHashCode())));

    /// <summary>What each actor was answered, whatever the order.</summary>
    public string Behaviour => string.Join(", ", _operations.OrderBy(operation => operation.Name, StringComparer.Ordinal)
        .Select(operation => $"{operation.Name} -> {(operation.IsComplete ? $"{operation.Answer}" : "killed")}"));

    /// <summary>The next step of the actor begins an operation.</summary>
    public void Begin(int actor, Operation operation)
    {
        _current[actor] = operation;
        _begun[actor]++;
    }

    /// <summary>The actor makes a step that others can notice: from here on its operation may have happened.</summary>
    public void Invoke(int actor)
    {
        if (_current[actor] is not { Invoked: < 0 } operation)
            return;
        operation.Invoked = ++_clock;
        _operations.Add(operation);
        OrderKey ^= Mixing.Mix(_completed, NameOfCurrent(actor));
    }

    /// <summary>The actor's operation is over.</summary>
    public void Respond(int actor, long? answer)
    {
        Invoke(actor);
        var operation = _current[actor]!;
        operation.Answer = answer;
        operation.Responded = ++_clock;
        _completed ^= Mixing.Mix(NameOfCurrent(actor));
        _current[actor] = null;
    }

    /// <summary>What the operation that has just ended has read besides, row by row.</summary>
    public void AddReads(Operation operation, IEnumerable<(char Key, long? Value)> reads)
    {
        foreach (var (key, value) in reads)
            _operations.Add(Operation.Read(key, value, operation.Invoked, operation.Responded));
    }

    /// <summary>Whether the operations, and what the table holds in the end, fit together.</summary>
    public bool IsLinearizable(Rows before, Rows after)
    {
        var operations = new List<Operation>(_operations);
        foreach (var key in Keys.All)
            operations.Add(Operation.Read(key, after[key], _clock + 1, _clock + 2));
        return Linearization.Exists(operations, before);
    }

    public override string ToString() => string.Join("\n  ", _operations);

    private ulong NameOfCurrent(int actor) => ((ulong)(uint)actor << 32) | _begun[actor];
}
