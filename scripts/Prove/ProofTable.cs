using System.Globalization;
using System.Text;

namespace EtsPersist.Mmf.Prove;

/// <summary>All results as a table, and the verdict in the last line.</summary>
internal static class ProofTable
{
    /// <summary>Renders the results.</summary>
    public static string Render(IReadOnlyList<PartResult> results)
    {
        var text = new StringBuilder();
        foreach (var result in results)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{result.Part.Name,-14}{result.Took.TotalSeconds,8:n0} s  {result.Part.What}");
            foreach (var (name, count) in result.Report.Counts) text.AppendLine(CultureInfo.InvariantCulture, $"{count,24:#,0.##}  {name}");
            if (result.Problem is { } problem) text.AppendLine(CultureInfo.InvariantCulture, $"{"",24}  FAILED: {problem}");
            text.AppendLine(CultureInfo.InvariantCulture, $"{result.Failures,24:n0}  failures");
        }
        text.AppendLine("in all");
        foreach (var (name, count) in ProofTotals.Of(results)) text.AppendLine(CultureInfo.InvariantCulture, $"{count,24:#,0}  {name}");
        var (failures, unexplained) = Verdict(results);
        return text.Append(CultureInfo.InvariantCulture, $"{failures} failures, {unexplained} unexplained survivors").ToString();
    }

    /// <summary>What must be zero.</summary>
    public static (long Failures, long Unexplained) Verdict(IReadOnlyList<PartResult> results) =>
        (results.Sum(result => result.Failures), results.Sum(result => result.Report.Unexplained));
}
