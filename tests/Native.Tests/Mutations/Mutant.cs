namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>A mutation and what has become of it.</summary>
internal sealed class Mutant(Mutation mutation)
{
    private readonly Lock _gate = new();
    private readonly SortedSet<Explanation> _explanations = [];
    private volatile string? _noticedBy;
    private string? _unexplained;

    public Mutation Mutation { get; } = mutation;

    /// <summary>Whether no test has noticed it yet.</summary>
    public bool Survives => _noticedBy is null;

    /// <summary>What noticed it, and why.</summary>
    public string? NoticedBy => _noticedBy;

    /// <summary>Whether it survives and every occurrence has been explained.</summary>
    public bool IsExplained => Survives && _unexplained is null && _explanations.Count > 0;

    public void Notice(string by) => _noticedBy = by;

    /// <summary>Why one occurrence changed nothing; null if that is not known.</summary>
    public void Explain(Explanation? explanation, string where)
    {
        lock (_gate)
        {
            if (explanation is { } reason)
                _explanations.Add(reason);
            else
                _unexplained ??= where;
        }
    }

    public override string ToString() => $"{Mutation}: {_noticedBy ?? (IsExplained ? string.Join(", ", _explanations) : $"NOT EXPLAINED, {_unexplained}")}";
}
