using System.Text.Json;
using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Soak;

/// <summary>The result as JSON.</summary>
internal static class ResultJson
{
    /// <summary>Renders the result.</summary>
    public static string Render(SoakResult result)
    {
        var kills = new JsonObject { ["all"] = result.Kills.All };
        foreach (var (role, count) in result.Kills.ByRole) kills[NameOf(role)] = count;
        var moments = new JsonObject();
        foreach (var (role, _) in result.Kills.ByRole) moments[NameOf(role)] = MomentsOf(result.Kills, role);
        var json = new JsonObject
        {
            ["part"] = "soak",
            ["minutes"] = Math.Round(result.Minutes, 2),
            ["seed"] = result.Seed,
            ["kills"] = kills,
            ["moments"] = moments,
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

    private static JsonObject MomentsOf(KillCounts kills, Role role) =>
        new(kills.OfByMoment(role).Select(kill => KeyValuePair.Create(NameOf(kill.Moment), (JsonNode?)kill.Count)));

    private static string NameOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
