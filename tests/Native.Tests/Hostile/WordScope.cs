namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>What a word of a table encodes: rows that a change of it may change, and whether it belongs to a bucket, which may gain rows then.</summary>
internal sealed class WordScope
{
    /// <summary>Not a word that any row depends on.</summary>
    public static readonly WordScope Nothing = new() { MayGain = false };

    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

    public bool MayGain { get; init; } = true;
}
