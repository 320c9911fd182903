using System.Diagnostics;
using EtsPersist.Mmf.Harness.Proof;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.System.Tests.HandOver;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Stopped;

/// <summary>An owner that is stopped keeps its table, however long a successor waits; once it is dead the successor has it.</summary>
[Collection(ProcessTests.Name)]
public sealed class StoppedOwnerTests(ITestOutputHelper output) : IDisposable
{
    private readonly WorkedTable _instance = new();

    [LinuxFact("processes that are stopped and go on")]
    public void Nobody_takes_the_table_of_a_stopped_owner_until_it_is_killed()
    {
        var manager = _instance.StartManager();
        var owner = _instance.StartOwner();
        var successor = _instance.StartWaitingWorker(manager);
        var reader = _instance.StartReader();
        WorkedTable.RequireProgress(owner, reader);
        owner.Peer.Stop();
        RequireItsTable(owner, successor, reader);
        owner.Peer.Continue();
        WorkedTable.RequireProgress(owner, reader);

        owner.Peer.Stop();
        var killed = Stopwatch.GetTimestamp();
        owner.Peer.Kill();
        successor.RequireTakeOver(owner, epoch: 2);
        var milliseconds = Stopwatch.GetElapsedTime(killed).TotalMilliseconds;
        WorkedTable.RequireProgress(successor, reader);
        output.WriteLine(reader.Stop());
        output.WriteLine($"{milliseconds:F1} ms from SIGKILL until the successor had checked all rows and said so");
        ProofReport.Append(
            "stopped", ("ownerSeconds", (int)StopSettings.Duration.TotalSeconds), ("ownerToSuccessorMs", Math.Round(milliseconds, 1)), ("failures", 0));
    }

    public void Dispose() => _instance.Dispose();

    private void RequireItsTable(WorkerProcess owner, WorkerProcess successor, ReaderProcess reader)
    {
        using var file = _instance.OpenFile();
        var acknowledged = owner.Acknowledged;
        // That time changes nothing is what is tested. Between two looks the reader reads on.
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < StopSettings.Duration;)
        {
            Assert.Equal((1u, OwnershipState.Owned), (file.Ownership.Epoch, file.Ownership.State));
            Assert.True(file.IsOwnerAlive);
            reader.RequireProgress();
        }
        Assert.DoesNotContain("owns", successor.Peer.Transcript(), StringComparison.Ordinal);
        Assert.Equal(acknowledged, owner.Acknowledged);
    }
}
