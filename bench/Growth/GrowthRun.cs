using System.Diagnostics;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Bench.Reporting;

namespace EtsPersist.Mmf.Bench.Growth;

/// <summary>
/// Fills one table and looks at the clock after every insert. The stages are a decade's bulk and its last tenth, such as 0.1 to 0.9 million rows
/// and 0.9 to 1 million.
/// </summary>
internal static class GrowthRun
{
    public const int RowsPerCall = 1_000;
    private const long FirstDecade = 100_000;

    public static IReadOnlyList<GrowthStage> Fill<TTable>(in TTable table, long rows) where TTable : struct, IGrowingTable
    {
        var stages = new List<GrowthStage>();
        var done = 0L;
        for (var decade = Math.Min(FirstDecade, rows); decade <= rows; decade *= 10)
        {
            stages.Add(FillStage(table, ref done, decade / 10 * 9));
            stages.Add(FillStage(table, ref done, decade));
        }
        if (table.Count != rows)
            throw new InvalidOperationException($"{rows} rows were inserted and the table counts {table.Count}.");
        return stages;
    }

    private static GrowthStage FillStage<TTable>(in TTable table, ref long done, long target) where TTable : struct, IGrowingTable
    {
        var from = done;
        using var times = new InsertTimes();
        while (done < target)
        {
            table.Prepare(done, RowsPerCall);
            times.BeforeCall();
            InsertPrepared(table, times.Ticks);
            times.AfterCall(done);
            done += RowsPerCall;
        }
        return times.Stage(from, target, table.BytesReserved / (double)table.Count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InsertPrepared<TTable>(TTable table, long[] ticks) where TTable : struct, IGrowingTable
    {
        var before = Stopwatch.GetTimestamp();
        for (var index = 0; index < ticks.Length; index++)
        {
            table.Insert(index);
            var after = Stopwatch.GetTimestamp();
            ticks[index] = after - before;
            before = after;
        }
    }
}
