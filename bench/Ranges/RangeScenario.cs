using EtsPersist.Mmf.Bench.CommandLine;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Measuring;
using EtsPersist.Mmf.Bench.Reporting;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Ranges;

/// <summary>What a row costs in a scan of an ordered table, against a random lookup in the same table.</summary>
internal sealed class RangeScenario(BenchmarkOptions options, TableDirectory directory, IReport report)
{
    public const string Name = "range";
    private const int RoundsThatDoNotCount = 3;

    public void Run()
    {
        foreach (var rows in options.Sizes)
        {
            using var table = new OrderedNumbers(directory, rows);
            report.Add(Compare(table, rows, backward: false));
            report.Add(Compare(table, rows, backward: true));
        }
    }

    private ComparisonResult Compare(OrderedNumbers table, int rows, bool backward)
    {
        var rounds = new ComparisonRounds();
        for (var round = -RoundsThatDoNotCount; round < options.RoundsFor(rows); round++)
        {
            Quiet.Collect();
            var (scan, lookup) = (table.Scan(backward), table.Lookup());
            if (round >= 0)
                rounds.Add(scan, lookup);
        }
        return rounds.Result(backward ? "range-backward" : Name, RowTypes.Numbers, rows, "random lookups in the same table");
    }
}
