using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Harness.Proof;

/// <summary>
/// What a part of the proof has counted, as a line of JSON in the file that <c>ETSPERSIST_REPORT</c> names, or in a file for each process in the folder
/// that it names; see scripts/prove.sh.
/// </summary>
internal static class ProofReport
{
    private static readonly Lock Gate = new();

    /// <summary>Appends a line: the part's name, then its counts. Nothing without the variable.</summary>
    public static void Append(string part, params ReadOnlySpan<(string Name, JsonNode Count)> counts)
    {
        var line = new JsonObject { ["part"] = part };
        foreach (var (name, count) in counts)
            line[name] = count;
        Append(line.ToJsonString());
    }

    /// <summary>Appends a line of JSON that names its part.</summary>
    public static void Append(string line)
    {
        if (Environment.GetEnvironmentVariable("ETSPERSIST_REPORT") is not { Length: > 0 } path)
            return;
        lock (Gate)
            File.AppendAllText(Directory.Exists(path) ? Path.Combine(path, $"{Environment.ProcessId}.json") : path, line + "\n");
    }

    /// <summary>All lines in a file, or in the files of a folder.</summary>
    public static IEnumerable<string> Read(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).SelectMany(File.ReadLines) : File.ReadLines(path);
}
