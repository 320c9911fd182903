namespace EtsPersist.Mmf.Chaos;

/// <summary>Compares all counts with the position in the middle of the run, just after a hand-over, while the owner is stopped.</summary>
/// <remarks>
/// A batch shows itself whole or not at all, so counts and position agree at every instant, even inside the owner's commit. Where processes
/// cannot be stopped, the position is read before and after the counts, and each count must lie between what the two allow.
/// </remarks>
internal sealed class CountsCheck(EtsTable<string, long> table, ExpectedCounts expected, Tally tally)
{
    private const int MostWords = 100_000;
    private readonly string[] _words = [.. expected.Words.Take(MostWords)];
    private readonly Dictionary<string, long> _wrong = new(StringComparer.Ordinal);

    /// <summary>Checks; a word that was wrong before is only wrong again where it got worse.</summary>
    public void Check(ChildProcess owner)
    {
        var counts = new long[_words.Length];
        long before, after;
        var canStop = ProcessSignal.Supported && !owner.HasExited;
        try
        {
            if (canStop) ProcessSignal.Stop(owner.Id);
            var attempts = canStop ? 20 : 1;
            do (before, after) = Read(counts);
            while (before != after && --attempts > 0);
        }
        finally
        {
            if (canStop) ProcessSignal.Continue(owner.Id);
        }
        Compare(counts, before, after);
    }

    private (long Before, long After) Read(long[] counts)
    {
        var before = Value(CountingPosition.Key);
        for (var index = 0; index < counts.Length; index++) counts[index] = Value(_words[index]);
        return (before, Value(CountingPosition.Key));
    }

    private long Value(string key) => table.TryGet(key, out var value) ? value : 0;

    private void Compare(long[] counts, long before, long after)
    {
        expected.MoveTo(before);
        var least = Array.ConvertAll(_words, expected.Of);
        expected.MoveTo(after);
        string? example = null;
        for (var index = 0; index < counts.Length; index++)
        {
            var word = _words[index];
            var known = _wrong.GetValueOrDefault(word);
            var most = expected.Of(word);
            var count = counts[index] - known;
            if (count >= least[index] && count <= most) continue;
            _wrong[word] = known + (count < least[index] ? count - least[index] : count - most);
            example ??= $"'{word}' is {counts[index]} at position {before}, where {least[index] + known} to {most + known} is right";
        }
        if (example is not null) tally.TornCounts($"Counts and position disagree: {example}.");
    }
}
