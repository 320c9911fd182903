using System.Diagnostics;
using EtsPersist.Mmf.Bench.Contenders;
using EtsPersist.Mmf.Bench.Measuring;
using EtsPersist.Mmf.Bench.Reporting;

namespace EtsPersist.Mmf.Bench.Operations;

/// <summary>Two contenders with the same rows, taking turns: each operation of a round is timed for one and at once for the other.</summary>
internal sealed class Comparison<TOurs, TTheirs>(IReadOnlyList<Operation> operations, int fewestOperationsPerSample)
    where TOurs : struct, IContender
    where TTheirs : struct, IContender
{
    private const int FewestWarmUps = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    /// <summary>Runs small tables for a while, so that what is timed later is compiled with all optimisations.</summary>
    public void WarmUpWith(Func<TOurs> ours, Func<TTheirs> theirs)
    {
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; round < FewestWarmUps || Stopwatch.GetElapsedTime(started) < WarmUp; round++)
            RunRound(round, ours, theirs, (_, _, _) => { }, collects: false);
    }

    /// <summary>Runs full rounds, of which the first is thrown away.</summary>
    public IEnumerable<ComparisonResult> Run(int rounds, Func<TOurs> ours, Func<TTheirs> theirs, string rowType, string against)
    {
        var samples = operations.ToDictionary(operation => operation, _ => new ComparisonRounds());
        var rows = 0;
        for (var round = 0; round <= rounds; round++)
        {
            var counts = round > 0;
            rows = RunRound(round, ours, theirs, (operation, mine, other) =>
            {
                if (counts && samples.TryGetValue(operation, out var found))
                    found.Add(mine, other);
            }, collects: true);
        }
        return operations.Select(operation => samples[operation].Result(OperationNames.Of(operation), rowType, rows, against));
    }

    private int RunRound(int round, Func<TOurs> createOurs, Func<TTheirs> createTheirs, Action<Operation, Sample, Sample> sampled, bool collects)
    {
        using var ours = createOurs();
        using var theirs = createTheirs();
        foreach (var operation in operations.Prepend(Operation.InsertNew).Distinct().Order())
        {
            var passes = IsRepeatable(operation) ? Math.Max(1, fewestOperationsPerSample / ours.Rows) : 1;
            Sample mine, other;
            if (round % 2 == 0)
            {
                mine = Time(ours, operation, passes, collects);
                other = Time(theirs, operation, passes, collects);
            }
            else
            {
                other = Time(theirs, operation, passes, collects);
                mine = Time(ours, operation, passes, collects);
            }
            sampled(operation, mine, other);
        }
        return ours.Rows;
    }

    private static Sample Time<TContender>(in TContender contender, Operation operation, int passes, bool collects)
        where TContender : struct, IContender
    {
        if (collects)
            Quiet.Collect();
        return OperationLoop<TContender>.Run(contender, operation, passes);
    }

    private static bool IsRepeatable(Operation operation) => operation is not (Operation.InsertNew or Operation.Delete);
}
