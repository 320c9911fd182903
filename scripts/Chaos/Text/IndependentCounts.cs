using System.Text;

namespace EtsPersist.Mmf.Chaos;

/// <summary>Word counts byte by byte, for systems without coreutils.</summary>
internal static class IndependentCounts
{
    /// <summary>Counts the words of a file.</summary>
    public static IReadOnlyDictionary<string, long> Count(string path)
    {
        using var text = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var word = new StringBuilder();
        for (var next = text.ReadByte(); ; next = text.ReadByte())
        {
            if (next >= 0 && char.IsAsciiLetterOrDigit((char)next))
            {
                word.Append((char)next);
                continue;
            }
            if (word.Length > 0)
            {
                var key = TextWords.KeyOf(word.ToString());
                counts[key] = counts.GetValueOrDefault(key) + 1;
                word.Clear();
            }
            if (next < 0) return counts;
        }
    }
}
