using EtsPersist.Mmf.Harness.Proof;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>
/// That the crash tests and the interleavings have teeth: each store of the engine is dropped, and made later than it claims to be. They must notice it,
/// or it must be proved, wherever it happens, that nobody could.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    /// <summary>Survivors among a hundred mutants, explained or not, when all are tried.</summary>
    private const int MostSurvivors = 5;

    [Fact]
    public void Each_store_that_is_dropped_or_comes_too_late_is_noticed_or_nobody_can_notice_it()
    {
        var run = new MutationRun(MutationScope.Default, output.WriteLine);
        run.Run();
        string[] problems =
        [
            .. run.Unexplained.Select(mutant => $"nothing has noticed {mutant}"),
            .. run.BrokenPromises.Select(mutant => $"an order that is not claimed is needed: {mutant}"),
            .. run.Unmade.Select(store => $"no scenario makes the store at {store}"),
            .. MutationScope.Default.IsExhaustive && run.Survivors.Count * 100 > run.Mutants.Count * MostSurvivors
                ? [$"{run.Survivors.Count} of {run.Mutants.Count} mutants survive"]
                : Array.Empty<string>(),
        ];
        foreach (var line in run.Survivors.Select(mutant => mutant.ToString()).Concat(problems))
            output.WriteLine(line);
        ProofReport.Append(
            "mutations",
            ("mutations", run.Mutants.Count),
            ("noticed", run.Mutants.Count - run.Survivors.Count),
            ("survived", run.Survivors.Count),
            ("unexplained", run.Unexplained.Count),
            ("freeOrders", run.FreeOrders),
            ("trials", run.Trials),
            ("schedules", run.Schedules),
            ("failures", problems.Length - run.Unexplained.Count),
            ("seconds", Math.Round(run.Elapsed.TotalSeconds, 1)));
        Assert.True(problems.Length == 0, string.Join('\n', problems));
    }
}
