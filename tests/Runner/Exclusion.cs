using System.IO.Enumeration;

namespace EtsPersist.Mmf.Runner;

/// <summary>Tests of one assembly that cannot work on this system, by name, and why.</summary>
internal sealed record Exclusion(string Assembly, string Pattern, string Reason)
{
    public bool Names(string assembly, string test) =>
        assembly == Assembly && FileSystemName.MatchesSimpleExpression($"*.{Pattern}", test, ignoreCase: false);

    /// <summary>
    /// Reads a file of them. A line is an assembly, a pattern of names in which <c>*</c> stands for anything, and the reason,
    /// with spaces between; a line that begins with <c>#</c> is a comment.
    /// </summary>
    /// <exception cref="FormatException">A line lacks one of the three.</exception>
    public static IReadOnlyList<Exclusion> Read(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(Parse)];

    private static Exclusion Parse(string line)
    {
        var parts = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts is [var assembly, var pattern, var reason]
            ? new(assembly, pattern, reason)
            : throw new FormatException($"'{line}' is not an assembly, a pattern and a reason.");
    }
}
