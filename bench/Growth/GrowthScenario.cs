using EtsPersist.Mmf.Bench.CommandLine;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Measuring;
using EtsPersist.Mmf.Bench.Reporting;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Growth;

/// <summary>From empty to the largest size, no size given: bytes for each row, and what single inserts cost at each size.</summary>
internal sealed class GrowthScenario(BenchmarkOptions options, TableDirectory directory, IReport report)
{
    public const string Name = "growth";
    private const int Runs = 2;
    private const int WarmUps = 3;
    private const long WarmUpRows = 100_000;

    public void Run()
    {
        RunFor(RowTypes.Numbers, () => new GrowingNumbers(directory));
        RunFor(RowTypes.Texts, () => new GrowingTexts(directory));
    }

    private void RunFor<TTable>(string rowType, Func<TTable> create) where TTable : struct, IGrowingTable
    {
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
            Fill(create, WarmUpRows);
        var runs = new List<IReadOnlyList<GrowthStage>>();
        var idle = new List<Latencies>();
        for (var run = 0; run < Runs; run++)
        {
            Quiet.Collect();
            idle.Add(Latencies.Of(IdleMachine.Listen()));
            runs.Add(Fill(create, options.LargestTable));
        }
        report.Add(new GrowthResult
        {
            RowType = rowType,
            Runs = runs,
            Idle = idle,
        });
    }

    private static IReadOnlyList<GrowthStage> Fill<TTable>(Func<TTable> create, long rows) where TTable : struct, IGrowingTable
    {
        using var table = create();
        return GrowthRun.Fill(table, rows);
    }
}
