using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Chaos;

/// <summary>The result as JSON.</summary>
internal static class ResultJson
{
    /// <summary>Renders the result; a time without a sample is null.</summary>
    public static string Render(ChaosResult result)
    {
        var json = new JsonObject
        {
            ["kills"] = result.Kills,
            ["killsInBatch"] = result.KillsInBatch,
            ["handOffs"] = result.HandOffs,
            ["passes"] = result.Passes,
            ["words"] = result.Words,
            ["differences"] = result.Differences,
            ["lost"] = result.Lost,
            ["torn"] = result.Torn,
            ["doubleOwners"] = result.DoubleOwners,
            ["readErrors"] = result.ReadErrors,
            ["writeErrors"] = result.WriteErrors,
            ["handOffMs"] = Times(result.Timings.HandOff),
            ["killToFirstWriteMs"] = Times(result.Timings.KillToFirstWrite),
            ["recoveryMs"] = Times(result.Timings.Recovery),
            ["managerFailoverMs"] = Times(result.Timings.ManagerFailover),
            ["firstBatchMs"] = Times(result.Timings.FirstBatch),
        };
        return json.ToJsonString(new() { WriteIndented = true });
    }

    private static JsonObject Times(Percentiles times) => new() { ["p50"] = times.P50, ["p99"] = times.P99, ["max"] = times.Max };
}
