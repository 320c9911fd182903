using EtsPersist.Mmf.Bench.Bags;
using EtsPersist.Mmf.Bench.CommandLine;
using EtsPersist.Mmf.Bench.Growth;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Operations;
using EtsPersist.Mmf.Bench.Ranges;
using EtsPersist.Mmf.Bench.Recovery;
using EtsPersist.Mmf.Bench.Reporting;

namespace EtsPersist.Mmf.Bench;

/// <summary>Runs what the command line asks for.</summary>
internal static class Benchmarks
{
    public static void Run(BenchmarkOptions options)
    {
        using var directory = new TableDirectory();
        using var cleanup = new TerminationCleanup(directory);
        var machine = MachineDescription.Current();
        var text = new TextReport(Console.Out);
        var json = new JsonReport(machine, options.IsQuick);
        var report = new Reports(text, json);
        text.Begin(machine, directory.Path);

        new OperationScenarios(options, directory, report).Run();
        if (options.WantsAnyOf("batches"))
            new OperationScenarios(options, directory, report).RunBatches();
        if (options.WantsAnyOf("readers"))
            new ReaderScenario(options, directory, report).Run();
        if (options.Wants(RangeScenario.Name))
            new RangeScenario(options, directory, report).Run();
        if (options.Wants(BagScenario.Name))
            new BagScenario(options, directory, report).Run();
        if (options.Wants(GrowthScenario.Name))
            new GrowthScenario(options, directory, report).Run();
        if (options.Wants(RecoveryScenario.Name))
            new RecoveryScenario(options, directory, report).Run();
        if (options.JsonPath is { } path)
            json.WriteTo(path);
    }
}
