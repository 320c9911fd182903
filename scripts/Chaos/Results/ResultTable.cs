using System.Globalization;
using System.Text;

namespace EtsPersist.Mmf.Chaos;

/// <summary>The result as a table that a person reads.</summary>
internal static class ResultTable
{
    /// <summary>Renders the result.</summary>
    public static string Render(ChaosResult result)
    {
        var text = new StringBuilder();
        Line(text, "kills", $"{result.Kills:n0}", $"processes killed, {result.KillsInBatch:n0} of them inside a batch");
        Line(text, "handOffs", $"{result.HandOffs:n0}", "times the table went to the next owner");
        Line(text, "passes", $"{result.Passes:n0}", $"over the text, {result.Words:n0} words counted");
        text.AppendLine();
        Line(text, "differences", $"{result.Differences:n0}", "rows unlike coreutils' counts times the passes");
        Line(text, "lost", $"{result.Lost:n0}", "acknowledged but absent");
        Line(text, "torn", $"{result.Torn:n0}", "counts and position disagree");
        Line(text, "doubleOwners", $"{result.DoubleOwners:n0}", "a lower epoch committed after a higher");
        Line(text, "readErrors", $"{result.ReadErrors:n0}", "reads that failed");
        Line(text, "writeErrors", $"{result.WriteErrors:n0}", "workers or managers that failed");
        if (result.FileProblems > 0) Line(text, "file", $"{result.FileProblems:n0}", "problems in the table's file");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"milliseconds",-20}{"p50",10}{"p99",10}{"max",10}{"samples",10}");
        Times(text, "handOff", result.Timings.HandOff);
        Times(text, "firstBatch", result.Timings.FirstBatch);
        Times(text, "killToFirstWrite", result.Timings.KillToFirstWrite);
        Times(text, "recovery", result.Timings.Recovery);
        Times(text, "managerFailover", result.Timings.ManagerFailover);
        text.AppendLine();
        foreach (var message in result.Messages) text.AppendLine(message);
        text.Append(Verdict(result));
        return text.ToString();
    }

    private static string Verdict(ChaosResult result)
    {
        if (result.Passed) return "PASSED: nothing lost, nothing torn, one owner at a time.";
        (string Name, long Count)[] counters =
        [
            ("differences", result.Differences),
            ("lost", result.Lost),
            ("torn", result.Torn),
            ("doubleOwners", result.DoubleOwners),
            ("readErrors", result.ReadErrors),
            ("writeErrors", result.WriteErrors),
            ("problems in the table's file", result.FileProblems),
            ($"kills missing of {result.KillsAsked}", result.KillsAsked - result.Kills),
        ];
        var failed = counters.Where(counter => counter.Count > 0).Select(counter => $"{counter.Count:n0} {counter.Name}");
        return $"FAILED: {string.Join(", ", failed)}.";
    }

    private static void Line(StringBuilder text, string name, string number, string meaning) =>
        text.AppendLine($"{name,-20}{number,10}  {meaning}");

    private static void Times(StringBuilder text, string name, Percentiles times)
    {
        var (p50, p99, max) = (Number(times.P50), Number(times.P99), Number(times.Max));
        text.AppendLine(CultureInfo.InvariantCulture, $"{name,-20}{p50,10}{p99,10}{max,10}{times.Count,10}");
    }

    private static string Number(double? milliseconds) => milliseconds?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
}
