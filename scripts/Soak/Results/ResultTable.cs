using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EtsPersist.Mmf.Soak;

/// <summary>The result as a table that a person reads.</summary>
internal static class ResultTable
{
    /// <summary>Renders the result.</summary>
    public static string Render(SoakResult result)
    {
        var text = new StringBuilder();
        Line(text, "kills", result.Kills.All, Render(result.Kills.ByMoment));
        foreach (var (role, count) in result.Kills.ByRole) Line(text, $"  of {NameOf(role)}s", count, Render(result.Kills.OfByMoment(role)));
        Line(text, "cut and done", result.DoneNotAcknowledged, "kills that found an operation done and not acknowledged");
        Line(text, "settled", result.Settled, "dead writers settled by recoverers; other writers settled the rest");
        Line(text, "rounds", result.Rounds, "times that all public tables grew from empty and were judged");
        Line(text, "handOffs", result.HandOffs, "times the owned table went to the next worker");
        Line(text, "acknowledged", result.Acknowledged, "operations, each recorded outside the table before the next");
        Line(text, "reads", result.Reads, "by readers that never stopped for anyone");
        text.AppendLine();
        Line(text, "lost", result.Lost, "acknowledged and not there");
        Line(text, "torn", result.Torn, "there, and not as a whole");
        Line(text, "leakedBytes", result.LeakedBytes, "of the files that nothing names");
        Line(text, "doubleOwners", result.DoubleOwners, "operations of an owner after a later one had the table");
        Line(text, "readerWaits", result.ReaderWaits, "reads that waited for a holder");
        Line(text, "readErrors", result.ReadErrors, "reads that found a row torn, gone, older than before, or twice");
        Line(text, "errors", result.Errors, "processes that failed, files that contradict themselves");
        text.AppendLine();
        Milliseconds(text, "longestWaitForDead", result.LongestWaitForDeadMs, "of a writer, from meeting a lock until its dead holder was settled");
        Milliseconds(text, "longestWriterWait", result.LongestWriterWaitMs, "operation of a surviving writer while somebody was killed, as the clock has it");
        Milliseconds(text, "longestQuiet", result.LongestQuietOperationMs, "operation while nobody was: the machine's own part");
        text.AppendLine();
        foreach (var message in result.Messages) text.AppendLine(message);
        return text.Append(Verdict(result)).ToString();
    }

    private static string Verdict(SoakResult result)
    {
        if (result.Passed) return "PASSED: nothing lost, torn or leaked, one owner at a time, no reader waited.";
        var failed = result.MustBeZero.Where(counter => counter.Count > 0).Select(counter => $"{counter.Count:n0} {counter.Name}");
        var reasons = result.IsMeaningful ? failed : failed.Append("too short: not every role was killed, or nothing was handed over");
        return $"FAILED: {string.Join(", ", reasons)}.";
    }

    private static string Render(IEnumerable<(KillMoment Moment, int Count)> kills) =>
        string.Join(", ", kills.Select(kill => FormattableString.Invariant($"{NameOf(kill.Moment)} {kill.Count:n0}")));

    private static string NameOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static void Line(StringBuilder text, string name, long number, string meaning) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"{name,-20}{number,14:n0}  {meaning}");

    private static void Milliseconds(StringBuilder text, string name, double number, string meaning) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"{name,-20}{number,11:n2} ms  {meaning}");
}
