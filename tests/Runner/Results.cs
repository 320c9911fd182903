using Xunit;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.Runner;

/// <summary>Prints what fails and what is left out, with the reasons, and counts.</summary>
internal sealed class Results : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private readonly RunOptions _options;
    private readonly ManualResetEventSlim _finished = new();
    private readonly Dictionary<string, int> _leftOut = [];
    private readonly Timer _patience;
    private volatile string _running = "";
    private int _passed, _failed;

    public Results(RunOptions options)
    {
        _options = options;
        _patience = new Timer(_ => GiveUp());
    }

    public void Dispose()
    {
        _patience.Dispose();
        _finished.Dispose();
    }

    public void Exclude(Exclusion exclusion, int tests) => LeaveOut($"{exclusion.Pattern}: {exclusion.Reason}", tests);

    public void WaitForTheEnd() => _finished.Wait();

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestStarting starting: Start(starting.Test.DisplayName); break;
            case ITestPassed passed: Pass(passed); break;
            case ITestFailed failed: Fail(failed.Test.DisplayName, failed, failed.Output); break;
            case ITestSkipped skipped: LeaveOut(skipped.Reason, 1); break;
            case IErrorMessage error: Fail("outside of any test", error); break;
            case ITestClassCleanupFailure cleanup: Fail($"the end of {cleanup.TestClass.Class.Name}", cleanup); break;
            case ITestCollectionCleanupFailure cleanup: Fail($"the end of {cleanup.TestCollection.DisplayName}", cleanup); break;
            case ITestAssemblyCleanupFailure cleanup: Fail($"the end of {_options.Assembly}", cleanup); break;
            case ITestAssemblyFinished: _finished.Set(); break;
        }
        return true;
    }

    /// <summary>Prints what was left out and the counts; whether all is well.</summary>
    public bool Conclude()
    {
        _patience.Change(Timeout.Infinite, Timeout.Infinite);
        foreach (var (reason, tests) in _leftOut.OrderBy(left => left.Key, StringComparer.Ordinal))
            Console.WriteLine($"left out {tests,4}  {reason}");
        Console.WriteLine($"{_options.Assembly}: {_passed} passed, {_failed} failed, {_leftOut.Values.Sum()} left out");
        return _failed == 0 && _passed > 0;
    }

    private void Start(string test)
    {
        _running = test;
        if (_options.Times) Console.WriteLine($"    begins  {test}");
        _patience.Change(_options.Limit, Timeout.InfiniteTimeSpan);
    }

    private void Pass(ITestPassed passed)
    {
        _passed++;
        if (_options.Times) Console.WriteLine(FormattableString.Invariant($"{passed.ExecutionTime,8:0.00} s  {passed.Test.DisplayName}"));
    }

    private void Fail(string test, IFailureInformation failure, string output = "")
    {
        _failed++;
        Console.WriteLine($"FAILED {test}");
        for (var depth = 0; depth < failure.Messages.Length; depth++)
            Console.WriteLine($"  {failure.ExceptionTypes[depth]}: {failure.Messages[depth]}\n{failure.StackTraces[depth]}");
        if (output.Length > 0) Console.WriteLine(output);
    }

    private void LeaveOut(string reason, int tests) => _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + tests;

    /// <summary>A thread that hangs cannot be ended, so the process is. What follows is for the next run.</summary>
    private void GiveUp()
    {
        Console.WriteLine($"HANGS {_running}: longer than {_options.Limit.TotalSeconds} s");
        Console.WriteLine($"{_options.Assembly}: {_passed} passed before it, {_failed} failed");
        Environment.Exit(1);
    }
}
