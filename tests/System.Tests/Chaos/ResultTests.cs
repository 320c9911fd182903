using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Chaos.Tests;

public sealed class ResultTests
{
    [Fact]
    public void Percentiles_are_samples()
    {
        var times = new Percentiles();
        Assert.Null(times.P50);
        foreach (var milliseconds in Enumerable.Range(1, 200).Reverse()) times.Add(1_000_000, 1_000_000 + (milliseconds * 1_000_000L));
        Assert.Equal((100.0, 198.0, 200.0, 200), (times.P50, times.P99, times.Max, times.Count));
    }

    [Fact]
    public void One_sample_is_every_percentile()
    {
        var times = new Percentiles();
        times.Add(0, 1_500_000);
        Assert.Equal((1.5, 1.5, 1.5), (times.P50, times.P99, times.Max));
    }

    [Fact]
    public void The_json_has_the_names_that_scripts_rely_on()
    {
        var result = Result();
        result.Timings.HandOff.Add(0, 2_000_000);

        var json = JsonNode.Parse(ResultJson.Render(result))!.AsObject();

        Assert.Equal(
            ["kills", "killsInBatch", "handOffs", "passes", "words", "differences", "lost", "torn", "doubleOwners", "readErrors", "writeErrors", "handOffMs", "killToFirstWriteMs", "recoveryMs", "managerFailoverMs", "firstBatchMs"],
            json.Select(member => member.Key));
        Assert.Equal(2.0, (double)json["handOffMs"]!["p50"]!);
        Assert.Null(json["recoveryMs"]!["max"]);
    }

    [Fact]
    public void A_run_passes_only_where_all_held_and_all_kills_were_made()
    {
        Assert.True(Result().Passed);
        Assert.False((Result() with { Kills = 19 }).Passed);
        Assert.False((Result() with { Lost = 1 }).Passed);
        Assert.False((Result() with { Torn = 1 }).Passed);
        Assert.False((Result() with { DoubleOwners = 1 }).Passed);
        Assert.False((Result() with { Differences = 1 }).Passed);
        Assert.False((Result() with { ReadErrors = 1 }).Passed);
        Assert.False((Result() with { WriteErrors = 1 }).Passed);
        Assert.False((Result() with { FileProblems = 1 }).Passed);
    }

    [Fact]
    public void The_table_says_what_failed() =>
        Assert.EndsWith("FAILED: 3 lost, 1 kills missing of 20.", ResultTable.Render(Result() with { Kills = 19, Lost = 3 }), StringComparison.Ordinal);

    private static ChaosResult Result() => new()
    {
        Kills = 20,
        KillsAsked = 20,
        KillsInBatch = 7,
        HandOffs = 22,
        Passes = 12,
        Words = 1_000,
        Differences = 0,
        Lost = 0,
        Torn = 0,
        DoubleOwners = 0,
        ReadErrors = 0,
        WriteErrors = 0,
        FileProblems = 0,
        Timings = new Timings(),
        Messages = [],
    };
}
