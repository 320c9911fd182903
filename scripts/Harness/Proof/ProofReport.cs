using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Harness.Proof;

/// <summary>What a part of the proof has counted, as a line of JSON in the file that <c>ETSPERSIST_REPORT</c> names; see scripts/prove.sh.</summary>
internal static class ProofReport
{
    private static readonly Lock Gate = new();

    /// <summary>Appends a line: the part's name, then its counts. Nothing without the variable.</summary>
    public static void Append(string part, params ReadOnlySpan<(string Name, JsonNode Count)> counts)
    {
        if (Environment.GetEnvironmentVariable("ETSPERSIST_REPORT") is not { Length: > 0 } path)
            return;
        var line = new JsonObject { ["part"] = part };
        foreach (var (name, count) in counts)
            line[name] = count;
        lock (Gate)
            File.AppendAllText(path, line.ToJsonString() + "\n");
    }
}
