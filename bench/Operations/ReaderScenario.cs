using System.Diagnostics;
using EtsPersist.Mmf.Bench.CommandLine;
using EtsPersist.Mmf.Bench.Contenders;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Measuring;
using EtsPersist.Mmf.Bench.Reporting;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Operations;

/// <summary>Reads by several threads at once: whether readers disturb each other.</summary>
internal sealed class ReaderScenario(BenchmarkOptions options, TableDirectory directory, IReport report)
{
    public static readonly int[] ThreadCounts = [1, 2];

    public static string NameOf(int threads) => $"readers-{threads}";

    public void Run()
    {
        RunFor(RowTypes.Numbers, KeySequence.Number, keys => new NumberTable(keys, directory), keys => new NumberDictionary(keys));
        RunFor(RowTypes.Texts, KeySequence.Text, keys => new TextTable(keys, directory), keys => new TextDictionary(keys));
    }

    private void RunFor<TKey, TOurs, TTheirs>(
        string rowType, Func<long, TKey> key, Func<KeySet<TKey>, TOurs> createOurs, Func<KeySet<TKey>, TTheirs> createTheirs)
        where TOurs : struct, IContender
        where TTheirs : struct, IContender
    {
        var rows = options.Sizes[^1];
        var keys = KeySet<TKey>.Make(rows, key);
        using var ours = createOurs(keys);
        using var theirs = createTheirs(keys);
        OperationLoop<TOurs>.Run(ours, Operation.InsertNew);
        OperationLoop<TTheirs>.Run(theirs, Operation.InsertNew);
        var passes = Math.Max(1, options.FewestOperationsPerSample / rows);
        var samples = ThreadCounts.ToDictionary(threads => threads, _ => new ComparisonRounds());
        for (var round = 0; round <= options.RoundsFor(rows); round++)
        {
            foreach (var threads in ThreadCounts)
            {
                Quiet.Collect();
                var mine = Time(ours, threads, passes);
                var other = Time(theirs, threads, passes);
                if (round > 0)
                    samples[threads].Add(mine, other);
            }
        }
        foreach (var threads in ThreadCounts.Where(threads => options.Wants(NameOf(threads))))
            report.Add(samples[threads].Result(NameOf(threads), rowType, rows, OperationScenarios.Dictionary));
    }

    /// <summary>Time by the clock for each read of all threads together: with perfect scaling two threads halve it.</summary>
    private static Sample Time<TContender>(TContender contender, int threads, int passes) where TContender : struct, IContender
    {
        using var start = new Barrier(threads + 1);
        var samples = new Sample[threads];
        var readers = Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            samples[number] = OperationLoop<TContender>.Run(contender, Operation.Get, passes, contender.Rows / threads * number);
        })).ToArray();
        foreach (var reader in readers)
            reader.Start();
        start.SignalAndWait();
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        foreach (var reader in readers)
            reader.Join();
        var elapsed = Stopwatch.GetElapsedTime(started);
        processor = Environment.CpuUsage.TotalTime - processor;
        var reads = (double)threads * passes * contender.Rows;
        return new Sample(elapsed.TotalNanoseconds / reads, processor.TotalNanoseconds / reads, samples.Average(sample => sample.AllocatedBytes));
    }
}
