using System.Text.Json;
using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Prove;

/// <summary>All results as JSON: what all parts have tried together, what each has tried, and the verdict.</summary>
internal static class ProofJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Renders the results.</summary>
    public static string Render(IReadOnlyList<PartResult> results)
    {
        var (failures, unexplained) = ProofTable.Verdict(results);
        var json = new JsonObject
        {
            ["failures"] = failures,
            ["unexplainedSurvivors"] = unexplained,
            ["seconds"] = Math.Round(results.Sum(result => result.Took.TotalSeconds)),
            ["counts"] = Counts(ProofTotals.Of(results)),
            ["parts"] = new JsonArray([.. results.Select(Part)]),
        };
        return json.ToJsonString(Indented);
    }

    private static JsonObject Part(PartResult result) => new()
    {
        ["part"] = result.Part.Name,
        ["seconds"] = Math.Round(result.Took.TotalSeconds),
        ["failures"] = result.Failures,
        ["problem"] = result.Problem,
        ["counts"] = Counts(result.Report.Counts),
    };

    private static JsonObject Counts(IEnumerable<(string Name, double Count)> counts) =>
        new(counts.Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)JsonValue.Create(pair.Count))));
}
