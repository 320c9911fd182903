using EtsPersist.Mmf.Harness.Proof;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>
/// That the crash tests and the interleavings have teeth: each store of the engine is dropped, and each is made after the one that follows it. They must
/// notice it, or it must be proved, wherever it happens, that nobody could.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    /// <summary>Where an operation ends for whoever has lost a race: few executions come there.</summary>
    private const string MadeInRacesOnly = "ParentEntries.cs";

    [Fact]
    public void Each_store_that_is_dropped_or_comes_too_late_is_noticed_or_nobody_can_notice_it()
    {
        var run = new MutationRun(MutationScope.Default, output.WriteLine);
        run.Run();
        string[] problems =
        [
            .. run.Unexplained.Select(mutant => $"nothing has noticed {mutant}"),
            .. run.BrokenPromises.Select(mutant => $"a fill does not come first for nothing: {mutant}"),
            .. run.Unmade.Where(store => Path.GetFileName(store.File) != MadeInRacesOnly).Select(store => $"no scenario makes the store at {store}"),
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
