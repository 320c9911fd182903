using System.Diagnostics;
using EtsPersist.Mmf.Harness.Processes;
using EtsPersist.Mmf.System.Tests.Peers;
using ManagerProcess = EtsPersist.Mmf.System.Tests.Peers.ManagerProcess;

namespace EtsPersist.Mmf.System.Tests.HandOver;

/// <summary>A manager in a container of its own: no process outside has an id that it can see.</summary>
[Collection(ProcessTests.Name)]
public sealed class UnseenOwnerTests : IDisposable
{
    private const int OutOfSight = 0;

    private readonly WorkedTable _instance = new();

    [PidNamespaceFact]
    public void The_death_of_an_owner_that_the_managers_PID_namespace_cannot_see_is_told_by_the_kernels_handle()
    {
        var program = Executable.CommandOf("etspersist");
        using var manager = ManagerProcess.LaunchWith(
            _instance.Root, arguments => new ProcessStartInfo("unshare", ["-rp", "--fork", "--kill-child", .. program, .. arguments]));
        manager.WaitUntilServing();
        var owner = _instance.StartOwner();
        var reader = _instance.StartReader();
        var next = _instance.StartWorker();
        manager.WaitForEvents("waiting", OutOfSight, count: 2);
        WorkedTable.RequireProgress(owner, reader);
        owner.Peer.Kill();
        var arrival = next.WaitForArrival();
        Assert.Equal((2u, TransferReason.OwnerDied, OutOfSight), (arrival.Epoch, arrival.Reason, arrival.From));
        Assert.InRange(arrival.Highest, owner.Acknowledged, owner.Acknowledged + 1);
        WorkedTable.RequireProgress(next, reader);
        reader.Stop();
    }

    public void Dispose() => _instance.Dispose();
}
