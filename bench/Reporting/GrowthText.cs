using System.Globalization;

namespace EtsPersist.Mmf.Bench.Reporting;

/// <summary>Growth as tables for a person.</summary>
internal static class GrowthText
{
    public static IEnumerable<string> Lines(GrowthResult result)
    {
        for (var run = 0; run < result.Runs.Count; run++)
        {
            var quietest = run == result.QuietestRun ? " (the quietest)" : "";
            var idle = result.Idle[run];
            yield return "";
            yield return Text($"growth, {result.RowType}, run {run + 1}{quietest}; before it a loop without a table had ")
                + Text($"p99.99 {idle.P9999Nanoseconds:F0} ns, longest {idle.LongestNanoseconds / 1e3:F0} us");
            foreach (var line in Stages(result.Runs[run]))
                yield return line;
        }
        yield return "";
        yield return $"growth, {result.RowType}, median of {result.Runs.Count} runs";
        foreach (var line in Stages(result.Median))
            yield return line;
        yield return Text($"p99.99 of the last tenth by that of a decade before: {result.P9999Ratio:F2}, undisturbed {result.UndisturbedP9999Ratio:F2}");
        yield return Text($"slowest insert of all runs: {result.LongestNanoseconds / 1e6:F2} ms, ")
            + Text($"undisturbed {result.UndisturbedLongestNanoseconds / 1e6:F2} ms");
    }

    private static IEnumerable<string> Stages(IReadOnlyList<GrowthStage> stages)
    {
        yield return $"{"",46}{"all inserts",42}{"without other programs in the way",44}";
        yield return $"{"from row",12}{"to row",12}{"bytes/row",11}{"p50 ns",10}{"p99 ns",10}{"p99.99 us",11}{"longest us",12}{"at row",10}"
            + $"{"share",11}{"p99 ns",10}{"p99.99 us",11}{"longest us",12}";
        foreach (var stage in stages)
        {
            var (all, undisturbed) = (stage.All, stage.Undisturbed);
            var row = stage.LongestAtRow < 0 ? "" : Text($"{stage.LongestAtRow}");
            yield return Text($"{stage.FromRows,12}{stage.ToRows,12}{stage.BytesPerRow,11:F1}{all.MedianNanoseconds,10:F0}{all.P99Nanoseconds,10:F0}")
                + Text($"{all.P9999Nanoseconds / 1e3,11:F1}{all.LongestNanoseconds / 1e3,12:F1}{row,10}")
                + Text($"{undisturbed.Samples / (double)all.Samples,11:P0}{undisturbed.P99Nanoseconds,10:F0}")
                + Text($"{undisturbed.P9999Nanoseconds / 1e3,11:F1}{undisturbed.LongestNanoseconds / 1e3,12:F1}");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
