using System.Diagnostics;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.HandOver;

[Collection(ProcessTests.Name)]
public sealed class IdleManagerTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(10);

    private readonly WorkedTable _instance = new();

    /// <summary>The first window may still see code being compiled; a manager that polls its workers shows it in every one.</summary>
    [LinuxFact("times of processors finer than 16 ms")]
    public void A_manager_with_an_owner_and_a_waiting_worker_comes_to_rest()
    {
        var manager = _instance.StartManager();
        _instance.StartOwner();
        _instance.StartWaitingWorker(manager);
        using var process = Process.GetProcessById(manager.Process.Id);
        var since = Stopwatch.GetTimestamp();
        TimeSpan used;
        do
        {
            if (Stopwatch.GetElapsedTime(since) > Wait.Limit)
                Assert.Fail("The manager never rested.");
            process.Refresh();
            var before = process.TotalProcessorTime;
            Thread.Sleep(Window); // what is tested is what the manager does in a span of time in which nothing happens
            process.Refresh();
            used = process.TotalProcessorTime - before;
            output.WriteLine($"{used.TotalMilliseconds} ms of processor time in {Window.TotalSeconds} s");
        }
        while (used >= Most);
    }

    public void Dispose() => _instance.Dispose();
}
