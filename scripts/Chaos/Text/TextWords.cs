using System.Text;
using WordCount;

namespace EtsPersist.Mmf.Chaos;

/// <summary>The word counts of one pass over the text, made without the sample's counter.</summary>
internal static class TextWords
{
    /// <summary>Counts by coreutils, or on Windows by this program.</summary>
    public static IReadOnlyDictionary<string, long> Count(string path) =>
        OperatingSystem.IsWindows() ? IndependentCounts.Count(path) : CoreutilsCounts.Count(path);

    /// <summary>The key under which the sample counts a word.</summary>
    public static string KeyOf(string word) => WordCounter.KeyOf(Encoding.ASCII.GetBytes(word));
}
