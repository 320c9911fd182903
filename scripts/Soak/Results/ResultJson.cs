using System.Text.Json;
using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Soak;

/// <summary>The result as JSON.</summary>
internal static class ResultJson
{
    /// <summary>Renders the result.</summary>
    public static string Render(SoakResult result)
    {
        var kills = new JsonObject { ["all"] = result.AllKills };
        foreach (var (role, count) in result.Kills) kills[JsonNamingPolicy.CamelCase.ConvertName(role.ToString())] = count;
        var json = new JsonObject
        {
            ["part"] = "soak",
            ["minutes"] = Math.Round(result.Minutes, 2),
            ["seed"] = result.Seed,
            ["kills"] = kills,
            ["doneNotAcknowledged"] = result.DoneNotAcknowledged,
            ["settledByRecoverers"] = result.Settled,
            ["rounds"] = result.Rounds,
            ["handOffs"] = result.HandOffs,
            ["acknowledged"] = result.Acknowledged,
            ["reads"] = result.Reads,
        };
        foreach (var (name, count) in result.MustBeZero) json[name] = count;
        json["longestWaitForDeadMs"] = Math.Round(result.LongestWaitForDeadMs, 3);
        json["longestWriterWaitMs"] = Math.Round(result.LongestWriterWaitMs, 3);
        json["longestQuietOperationMs"] = Math.Round(result.LongestQuietOperationMs, 3);
        return json.ToJsonString(new() { WriteIndented = true });
    }
}
