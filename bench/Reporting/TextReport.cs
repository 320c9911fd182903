using System.Globalization;
using EtsPersist.Mmf.Bench.Hosting;

namespace EtsPersist.Mmf.Bench.Reporting;

/// <summary>The results as tables for a person, printed as they come.</summary>
internal sealed class TextReport(TextWriter output) : IReport
{
    private bool _isInComparisons;

    public void Begin(MachineDescription machine, string directory)
    {
        Line(Text($"processor   {machine.Processor}, {machine.Cores} cores, {machine.MemoryBytes / (double)(1 << 30):F1} GiB"));
        Line($"system      {machine.System}");
        Line($"runtime     {machine.Runtime}, {machine.RuntimeSettings}");
        Line($"collector   {machine.GarbageCollection}");
        Line($"huge pages  {machine.HugePages}");
        Line($"tables in   {directory}");
    }

    public void Add(ComparisonResult result)
    {
        if (!_isInComparisons)
        {
            Line("");
            Line($"{"scenario",-17}{"row",-15}{"rows",10}{"ours ns",10}{"theirs ns",11}{"ratio",8}{"(lowest to highest)",21}"
                + $"{"cpu ratio",11}{"ours B/op",11}{"theirs B/op",13}  theirs");
        }
        _isInComparisons = true;
        var span = Text($"{result.LowestRatio:F2} to {result.HighestRatio:F2}");
        Line(Text($"{result.Name,-17}{result.RowType,-15}{result.Rows,10}{result.OursNanoseconds,10:F1}{result.TheirsNanoseconds,11:F1}")
            + Text($"{result.Ratio,8:F2}{span,21}{result.ProcessorRatio,11:F2}")
            + Text($"{result.OursAllocatedBytes,11:F1}{result.TheirsAllocatedBytes,13:F1}  {result.Against}"));
    }

    public void Add(GrowthResult result)
    {
        _isInComparisons = false;
        foreach (var line in GrowthText.Lines(result))
            Line(line);
    }

    public void Add(RecoveryResult result)
    {
        _isInComparisons = false;
        Line("");
        Line($"recovery: microseconds from the kernel's report of the death until the table can be granted again, writers killed in {result.KilledIn}");
        Line($"{"rows",12}{"kills",8}{"median us",12}{"longest us",12}{"then, tidying up us",21}{"before that, kill to death us",32}");
        Line(Text($"{result.FewRows,12}{result.KillsOnEach,8}{result.FewRowsMicroseconds,12:F1}{result.FewRowsLongestMicroseconds,12:F1}{result.FewRowsTidyingMicroseconds,21:F1}")
            + Text($"{result.FewRowsKernelMicroseconds,32:F0}"));
        Line(Text($"{result.ManyRows,12}{result.KillsOnEach,8}{result.ManyRowsMicroseconds,12:F1}{result.ManyRowsLongestMicroseconds,12:F1}{result.ManyRowsTidyingMicroseconds,21:F1}")
            + Text($"{result.ManyRowsKernelMicroseconds,32:F0}"));
        Line(Text($"ratio of the medians: {result.Ratio:F2}"));
    }

    private void Line(string line) => output.WriteLine(line);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
