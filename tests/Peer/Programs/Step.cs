namespace EtsPersist.Mmf.Peer.Programs;

/// <summary>One operation of a random program.</summary>
/// <param name="Text">How it reads.</param>
/// <param name="Right">What a process must be allowed, to take it.</param>
/// <param name="ByOther">Whether a process that does not own the table does it.</param>
/// <param name="Run">Does it, and returns what can be seen of it.</param>
internal sealed record Step(string Text, Right Right, bool ByOther, Func<IItems, object?> Run)
{
    /// <summary>The answer of a table, in which every difference shows.</summary>
    public string AnswerOf(IItems items)
    {
        try
        {
            return Run(items) switch
            {
                null => "-",
                IEnumerable<Item> rows => $"[{string.Join(' ', rows)}]",
                IEnumerable<long> numbers => $"[{string.Join(' ', numbers)}]",
                var answer => FormattableString.Invariant($"{answer}"),
            };
        }
        catch (EtsException error)
        {
            return error.GetType().Name;
        }
    }

    public override string ToString() => ByOther ? $"other: {Text}" : Text;
}
