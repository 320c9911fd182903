using EtsPersist.Mmf.Bench.CommandLine;
using EtsPersist.Mmf.Bench.Contenders;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Reporting;
using EtsPersist.Mmf.Bench.Rows;

namespace EtsPersist.Mmf.Bench.Operations;

/// <summary>Single operations against ConcurrentDictionary, and batches against single operations.</summary>
internal sealed class OperationScenarios(BenchmarkOptions options, TableDirectory directory, IReport report)
{
    public const string Dictionary = "ConcurrentDictionary";
    private const string SingleOperations = "single operations";
    private const string BatchPrefix = "batch-";
    private const int WarmUpRows = 10_000;

    /// <summary>The names that <c>--only</c> can ask for.</summary>
    public static IEnumerable<string> OperationNamesOffered => Enum.GetValues<Operation>().Select(OperationNames.Of);

    public static IEnumerable<string> BatchNamesOffered => BatchOperations.Select(operation => BatchPrefix + OperationNames.Of(operation));

    private static Operation[] BatchOperations => [Operation.InsertNew, Operation.Overwrite, Operation.Counter, Operation.Delete];

    private static Operation[] ReadsAndWrites => [.. Enum.GetValues<Operation>().Where(operation => operation != Operation.Counter)];

    public void Run()
    {
        RunSingle(RowTypes.Numbers, Enum.GetValues<Operation>(), KeySequence.Number,
            keys => new NumberTable(keys, directory), keys => new NumberDictionary(keys));
        RunSingle(RowTypes.Texts, ReadsAndWrites, KeySequence.Text,
            keys => new TextTable(keys, directory), keys => new TextDictionary(keys));
        RunSingle(RowTypes.TextCounters, [Operation.Counter], KeySequence.Text,
            keys => new TextCounterTable(keys, directory), keys => new TextCounterDictionary(keys));
    }

    public void RunBatches() => RunAll(
        RowTypes.Numbers, [.. BatchOperations.Where(operation => options.Wants(BatchPrefix + OperationNames.Of(operation)))], KeySequence.Number,
        keys => new NumberBatchTable(keys, directory), keys => new NumberTable(keys, directory), SingleOperations, BatchPrefix);

    private void RunSingle<TKey, TOurs, TTheirs>(
        string rowType, Operation[] offered, Func<long, TKey> key, Func<KeySet<TKey>, TOurs> ours, Func<KeySet<TKey>, TTheirs> theirs)
        where TOurs : struct, IContender
        where TTheirs : struct, IContender => RunAll(
            rowType, [.. offered.Where(operation => options.Wants(OperationNames.Of(operation)))], key, ours, theirs, Dictionary, prefix: "");

    private void RunAll<TKey, TOurs, TTheirs>(string rowType, Operation[] operations, Func<long, TKey> key,
        Func<KeySet<TKey>, TOurs> ours, Func<KeySet<TKey>, TTheirs> theirs, string against, string prefix)
        where TOurs : struct, IContender
        where TTheirs : struct, IContender
    {
        if (operations.Length == 0)
            return;
        var comparison = new Comparison<TOurs, TTheirs>(operations, options.FewestOperationsPerSample);
        var few = KeySet<TKey>.Make(WarmUpRows, key);
        comparison.WarmUpWith(() => ours(few), () => theirs(few));
        foreach (var rows in options.Sizes)
        {
            var keys = KeySet<TKey>.Make(rows, key);
            foreach (var result in comparison.Run(options.RoundsFor(rows), () => ours(keys), () => theirs(keys), rowType, against))
                report.Add(result with { Name = prefix + result.Name });
        }
    }
}
