using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.HandOver;

/// <summary>What breaks Kazoo's manager, one test for each of its measured failures in which a process is killed.</summary>
[Collection(ProcessTests.Name)]
public sealed class KazooFailureTests : IDisposable
{
    private readonly WorkedTable _instance = new();

    [Fact]
    public void Worker_killed_and_the_successor_registers_later()
    {
        _instance.StartManager();
        var owner = _instance.StartOwner();
        var reader = _instance.StartReader();
        WorkedTable.RequireProgress(owner, reader);
        owner.Peer.Kill();
        reader.RequireProgress();
        var successor = _instance.StartWorker();
        successor.RequireTakeOver(owner, epoch: 2);
        WorkedTable.RequireProgress(successor, reader);
        reader.Stop();
    }

    [Fact]
    public void Manager_killed_then_the_worker_then_the_manager_restarted()
    {
        var manager = _instance.StartManager();
        var owner = _instance.StartOwner();
        var reader = _instance.StartReader();
        var successor = _instance.StartWaitingWorker(manager);
        WorkedTable.RequireProgress(owner, reader);
        manager.Kill();
        WorkedTable.RequireProgress(owner, reader); // not dragged down with it
        owner.Peer.Kill();
        reader.RequireProgress(); // nor is the table
        _instance.StartManager();
        successor.RequireTakeOver(owner, epoch: 2, TransferReason.ManagerRecovered);
        WorkedTable.RequireProgress(successor, reader);
        reader.Stop();
    }

    public void Dispose() => _instance.Dispose();
}
