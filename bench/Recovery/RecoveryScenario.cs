using EtsPersist.Mmf.Bench.CommandLine;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Measuring;
using EtsPersist.Mmf.Bench.Reporting;

namespace EtsPersist.Mmf.Bench.Recovery;

/// <summary>What it costs to settle a killed writer, on a small and on a large table in turn.</summary>
internal sealed class RecoveryScenario(BenchmarkOptions options, TableDirectory directory, IReport report)
{
    public const string Name = "recovery";
    private const long FewRows = 10_000;
    private const int KillsThatDoNotCount = 2;
    private const int Seed = 20_250_102;
    private const int LongestWritingMilliseconds = 30;

    private int Kills => options.IsQuick ? 5 : 15;

    public void Run()
    {
        using var few = new VictimTable(directory, FewRows);
        using var many = new VictimTable(directory, options.LargestTable);
        foreach (var killedIn in Enum.GetValues<KilledIn>())
            report.Add(RunFor(killedIn, few, many));
        few.RequireSound();
        many.RequireSound();
    }

    private RecoveryResult RunFor(KilledIn killedIn, VictimTable few, VictimTable many)
    {
        var random = new Random(Seed);
        for (var kill = -KillsThatDoNotCount; kill < Kills; kill++)
        {
            if (kill == 0)
                _ = (few.TakeSamples(), many.TakeSamples());
            few.KillOneWriter(killedIn, TimeSpan.FromMilliseconds(random.NextDouble() * LongestWritingMilliseconds));
            many.KillOneWriter(killedIn, TimeSpan.FromMilliseconds(random.NextDouble() * LongestWritingMilliseconds));
        }
        var (fewSamples, manySamples) = (few.TakeSamples(), many.TakeSamples());
        return new RecoveryResult
        {
            KilledIn = killedIn == KilledIn.Operations ? "operations" : "batches",
            FewRows = few.Rows,
            ManyRows = many.Rows,
            KillsOnEach = Kills,
            FewRowsMicroseconds = Median(fewSamples, sample => sample.Recovery),
            ManyRowsMicroseconds = Median(manySamples, sample => sample.Recovery),
            FewRowsLongestMicroseconds = fewSamples.Max(sample => sample.Recovery.TotalMicroseconds),
            ManyRowsLongestMicroseconds = manySamples.Max(sample => sample.Recovery.TotalMicroseconds),
            FewRowsTidyingMicroseconds = Median(fewSamples, sample => sample.Tidying),
            ManyRowsTidyingMicroseconds = Median(manySamples, sample => sample.Tidying),
            FewRowsKernelMicroseconds = Median(fewSamples, sample => sample.Kernel),
            ManyRowsKernelMicroseconds = Median(manySamples, sample => sample.Kernel),
        };
    }

    private static double Median(IReadOnlyList<RecoverySample> samples, Func<RecoverySample, TimeSpan> time) =>
        Statistics.Median(samples.Select(sample => time(sample).TotalMicroseconds));
}
