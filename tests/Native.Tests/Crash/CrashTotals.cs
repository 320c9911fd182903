using System.Diagnostics;
using EtsPersist.Mmf.Harness.Proof;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>Adds up all kills of the crash tests, and reports them at the end.</summary>
public sealed class CrashTotals : IDisposable
{
    private readonly long _since = Stopwatch.GetTimestamp();
    private int _scenarios;
    private long _stores;
    private long _trials;
    private long _nestedTrials;
    private long _decidedTrials;
    private int _failures;

    /// <summary>Runs the trials of one scenario, which say how many they were, or fail.</summary>
    internal void RunTrials(Func<(int Stores, long Trials)> scenario)
    {
        var (stores, trials) = CountFailure(scenario);
        _scenarios++;
        _stores += stores;
        _trials += trials;
    }

    /// <summary>Runs the trials of one scenario in which the recoverer is killed too.</summary>
    internal void RunNestedTrials(Func<long> scenario) => _nestedTrials += CountFailure(scenario);

    /// <summary>Runs the trials of one scenario whose writer is decided and not settled before others work.</summary>
    internal void RunDecidedTrials(Func<long> scenario) => _decidedTrials += CountFailure(scenario);

    public void Dispose() => ProofReport.Append(
        "crash",
        ("scenarios", _scenarios),
        ("stores", _stores),
        ("trials", _trials),
        ("nestedTrials", _nestedTrials),
        ("decidedTrials", _decidedTrials),
        ("failures", _failures),
        ("seconds", Math.Round(Stopwatch.GetElapsedTime(_since).TotalSeconds, 1)));

    private T CountFailure<T>(Func<T> scenario)
    {
        _failures++;
        var result = scenario();
        _failures--;
        return result;
    }
}
