using EtsPersist.Mmf.Peer.Workload;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.HandOver;

[Collection(ProcessTests.Name)]
public sealed class HandOverTests(ITestOutputHelper output) : IDisposable
{
    private readonly WorkedTable _instance = new();

    [Fact]
    public void A_worker_of_version_2_takes_over_from_a_killed_one_of_version_1_whose_readers_read_on()
    {
        var manager = _instance.StartManager();
        var first = _instance.StartOwner(version: 1);
        var second = _instance.StartWaitingWorker(manager, version: 2);
        var reader = _instance.StartReader();
        WorkedTable.RequireProgress(first, reader);
        first.Peer.Kill();
        Assert.Equal(0, second.RequireTakeOver(first, epoch: 2).NewerRows);
        WorkedTable.RequireProgress(second, reader);

        var third = _instance.StartWaitingWorker(manager, version: 1);
        second.Peer.Kill();
        third.RequireTakeOver(second, epoch: 3);
        WorkedTable.RequireProgress(third, reader);

        var fourth = _instance.StartWaitingWorker(manager, version: 2);
        third.Peer.Kill();
        Assert.InRange(fourth.RequireTakeOver(third, epoch: 4).NewerRows, 0, AccountRows.Count);
        WorkedTable.RequireProgress(fourth, reader);
        output.WriteLine(reader.Stop());
    }

    [Fact]
    public void A_table_that_is_released_goes_to_the_next_worker_with_its_rows()
    {
        var manager = _instance.StartManager();
        var first = _instance.StartOwner();
        var second = _instance.StartWaitingWorker(manager);
        var reader = _instance.StartReader();
        WorkedTable.RequireProgress(first, reader);
        first.Peer.Say($"stop");
        first.Peer.WaitFor("released");

        Assert.Equal(first.Acknowledged, second.RequireTakeOver(first, epoch: 2, TransferReason.Released).Highest);
        WorkedTable.RequireProgress(second, reader);
        reader.Stop();
    }

    [LinuxFact("processes that are stopped and go on")]
    public void A_worker_that_dies_while_a_table_is_offered_to_it_is_passed_over()
    {
        var manager = _instance.StartManager();
        var owner = _instance.StartOwner();
        var chosen = _instance.StartWaitingWorker(manager);
        var next = _instance.StartWaitingWorker(manager);
        var reader = _instance.StartReader();
        WorkedTable.RequireProgress(owner, reader);
        chosen.Peer.Stop();
        owner.Peer.Kill();
        manager.WaitForEvent("offered", chosen.Id);
        chosen.Peer.Kill();

        next.RequireTakeOver(owner, epoch: 3);
        WorkedTable.RequireProgress(next, reader);
        reader.Stop();
    }

    [LinuxFact("processes that are stopped and go on")]
    public void A_stopped_worker_that_lets_an_offer_pass_gets_the_table_another_time()
    {
        var manager = _instance.StartManager();
        var owner = _instance.StartOwner();
        var stopped = _instance.StartWaitingWorker(manager);
        var next = _instance.StartWaitingWorker(manager);
        var reader = _instance.StartReader();
        WorkedTable.RequireProgress(owner, reader);
        stopped.Peer.Stop();
        owner.Peer.Kill();
        manager.WaitForEvent("offered", stopped.Id);
        next.RequireTakeOver(owner, epoch: 3);
        WorkedTable.RequireProgress(next, reader);

        stopped.Peer.Continue(); // it finds an offer that was withdrawn
        WorkedTable.RequireProgress(next, reader);
        next.Peer.Kill();
        var arrival = stopped.WaitForArrival();
        Assert.Equal((TransferReason.OwnerDied, next.Id), (arrival.Reason, arrival.From));
        Assert.InRange(arrival.Highest, next.Acknowledged, next.Acknowledged + 1);
        WorkedTable.RequireProgress(stopped, reader);
        reader.Stop();
    }

    public void Dispose() => _instance.Dispose();
}
