using WordCount;

namespace EtsPersist.Mmf.Chaos;

/// <summary>The table after the run against what the text demands.</summary>
/// <param name="Position">The position that the table holds.</param>
/// <param name="Words">The sum of all counts.</param>
/// <param name="DifferentWords">Words with another count than coreutils' times the passes, missing words, and rows of nobody.</param>
/// <param name="MissingFiller">Filler rows that are gone.</param>
/// <param name="Example">One of the differences, or null.</param>
internal sealed record FinalComparison(long Position, long Words, long DifferentWords, long MissingFiller, string? Example)
{
    /// <summary>Reads the whole table and compares.</summary>
    /// <param name="rows">The table.</param>
    /// <param name="whole">The counts of one pass.</param>
    /// <param name="passes">How often the text was read.</param>
    /// <param name="fillerRows">How many filler rows were loaded.</param>
    public static FinalComparison Of(
        IEnumerable<KeyValuePair<string, long>> rows,
        IReadOnlyDictionary<string, long> whole,
        long passes,
        long fillerRows)
    {
        long position = 0, words = 0, filler = 0, found = 0, different = 0;
        string? example = null;
        foreach (var (key, value) in rows)
        {
            if (key == CountingPosition.Key)
            {
                position = value;
                continue;
            }
            if (key == CountingLoop.EpochKey) continue;
            if (FillerRows.IsFiller(key))
            {
                filler++;
                if (!FillerRows.IsRight(key, value, fillerRows)) Differ($"filler row '{key}' is {value}");
                continue;
            }
            words += value;
            if (whole.ContainsKey(key)) found++;
            var right = whole.GetValueOrDefault(key) * passes;
            if (value != right) Differ($"'{key}' is {value}, where {right} is right");
        }
        if (passes > 0 && found < whole.Count) Differ($"{whole.Count - found} words are missing", whole.Count - found);
        return new FinalComparison(position, words, different, Math.Max(0, fillerRows - filler), example);

        void Differ(string what, long count = 1)
        {
            different += count;
            example ??= what;
        }
    }
}
