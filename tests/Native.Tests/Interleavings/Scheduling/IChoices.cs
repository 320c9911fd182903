namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Chooses among what can happen next.</summary>
internal interface IChoices
{
    /// <summary>Whether to be asked before every access; else before those only that other actors can notice.</summary>
    bool AtEveryStep { get; }

    /// <summary>Which of at least two options happens.</summary>
    int Choose(Execution execution, ReadOnlySpan<Option> options);
}
