using System.Diagnostics;
using System.Globalization;

namespace EtsPersist.Mmf.Chaos;

/// <summary>Word counts by the tools of the system.</summary>
internal static class CoreutilsCounts
{
    private const string Command = """LC_ALL=C tr -cs 'A-Za-z0-9' '\n' < "$1" | sed '/^$/d' | LC_ALL=C sort | uniq -c""";

    /// <summary>Counts the words of a file.</summary>
    public static IReadOnlyDictionary<string, long> Count(string path)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "-c", Command, "sh", path }) start.ArgumentList.Add(argument);
        using var shell = Process.Start(start)!;
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (shell.StandardOutput.ReadLine() is { } line)
        {
            var (word, count) = Parse(line);
            counts.Add(TextWords.KeyOf(word), count);
        }
        shell.WaitForExit();
        return shell.ExitCode == 0 ? counts : throw new InvalidOperationException($"'{Command}' on {path} ended with {shell.ExitCode}.");
    }

    /// <summary>Reads a line of <c>uniq -c</c>: the count, right-aligned, a space and the word.</summary>
    internal static (string Word, long Count) Parse(string line)
    {
        var counted = line.AsSpan().TrimStart(' ');
        var space = counted.IndexOf(' ');
        return (counted[(space + 1)..].ToString(), long.Parse(counted[..space], CultureInfo.InvariantCulture));
    }
}
