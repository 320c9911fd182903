using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>
/// Kills a writer before each of its stores, in turn, and then whoever recovers it before each of theirs. Afterwards the rows are those before
/// or after the operation, every byte is accounted for, and the table works.
/// </summary>
public sealed class CrashAtEveryStoreTests(CrashTotals totals, ITestOutputHelper output) : IClassFixture<CrashTotals>
{
    /// <summary>
    /// Recoverers are killed at each of their stores after every so many stores of the writer; after each one, which takes minutes,
    /// where the environment says ETSPERSIST_EXHAUSTIVE=1.
    /// </summary>
    private static int Stride => Environment.GetEnvironmentVariable("ETSPERSIST_EXHAUSTIVE") == "1" ? 1 : 9;

    /// <summary>
    /// Of operations with more stores than this, and of their recoveries, fewer are cut, in proportion: after kills at stores that follow each other,
    /// recoveries at other stores.
    /// </summary>
    private static int LongOperation => Stride == 1 ? 400 : 200 * Stride;

    public static TheoryData<string> Scenarios => [.. AllCrashScenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_writer_killed_at_any_store_leaves_the_table_before_or_after_its_operation(string name) => totals.RunTrials(() =>
    {
        using var trial = new CrashTrial(AllCrashScenarios.Named(name));
        for (var store = 0; store <= trial.Stores; store++)
        {
            trial.KillOperationBefore(store);
            trial.Recover();
            trial.Check($"killed before store {store} of {trial.Stores}");
        }
        output.WriteLine($"{trial.Stores} stores");
        return (trial.Stores, trial.Stores + 1);
    });

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_dead_writer_that_is_only_decided_is_in_nobodys_way(string name) => totals.RunDecidedTrials(() =>
    {
        using var trial = new CrashTrial(AllCrashScenarios.Named(name));
        for (var store = 0; store <= trial.Stores; store++)
        {
            trial.KillOperationBefore(store);
            trial.CheckDecided($"killed before store {store} of {trial.Stores}");
        }
        return trial.Stores + 1L;
    });

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_recoverer_killed_at_any_store_leaves_the_rest_to_the_next_one(string name) => totals.RunNestedTrials(() =>
    {
        var scenario = AllCrashScenarios.Named(name);
        using var first = new CrashTrial(scenario);
        var step = Math.Max(1, Stride * first.Stores / LongOperation);
        var kills = (first.Stores - (name.Length % Stride) + (Stride * step)) / (Stride * step);
        var recoveryStores = 0L;
        Parallel.For(0, kills, () => (Trial: new CrashTrial(scenario), Trials: 0L), (kill, _, local) =>
        {
            var store = (name.Length % Stride) + (kill * Stride * step);
            return local with { Trials = local.Trials + KillRecoverers(local.Trial, store, step) };
        }, local =>
        {
            local.Trial.Dispose();
            Interlocked.Add(ref recoveryStores, local.Trials);
        });
        output.WriteLine($"{first.Stores} stores, {recoveryStores} stores of recoverers");
        return recoveryStores;
    });

    /// <summary>Kills the recoverer of a writer before each of its stores, or one of so many, and says how often.</summary>
    private static long KillRecoverers(CrashTrial trial, int store, int step)
    {
        var kills = 0L;
        for (var nested = store % step; ; nested += step)
        {
            trial.KillOperationBefore(store);
            var wasKilled = trial.KillRecoveryBefore(nested);
            trial.Recover();
            trial.Check($"killed before store {store}, its recoverer before store {nested}");
            kills++;
            if (!wasKilled)
                return kills;
        }
    }
}
