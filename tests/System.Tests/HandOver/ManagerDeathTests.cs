using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.HandOver;

[Collection(ProcessTests.Name)]
public sealed class ManagerDeathTests(ITestOutputHelper output) : IDisposable
{
    private const int AnotherRuns = 5;

    private readonly WorkedTable _instance = new();

    [Fact]
    public void A_manager_killed_and_restarted_under_load_stops_nobody_and_hands_over_afterwards()
    {
        var manager = _instance.StartManager();
        var owner = _instance.StartOwner();
        var reader = _instance.StartReader();
        for (var epoch = 2U; epoch <= 6; epoch++)
        {
            manager.Kill();
            WorkedTable.RequireProgress(owner, reader);
            manager = _instance.StartManager();
            var next = _instance.StartWaitingWorker(manager);
            WorkedTable.RequireProgress(owner, reader);
            owner.Peer.Kill();
            next.RequireTakeOver(owner, epoch);
            owner = next;
        }
        WorkedTable.RequireProgress(owner, reader);
        output.WriteLine(reader.Stop());
    }

    [Fact]
    public void An_owner_that_dies_while_no_manager_runs_is_recovered_by_the_next_one()
    {
        var manager = _instance.StartManager();
        var owner = _instance.StartOwner();
        var reader = _instance.StartReader();
        for (var epoch = 2U; epoch <= 4; epoch++)
        {
            var next = _instance.StartWaitingWorker(manager);
            WorkedTable.RequireProgress(owner, reader);
            manager.Kill();
            owner.Peer.Kill();
            manager = _instance.StartManager();
            next.RequireTakeOver(owner, epoch, TransferReason.ManagerRecovered);
            owner = next;
        }
        WorkedTable.RequireProgress(owner, reader);
        output.WriteLine(reader.Stop());
    }

    [Fact]
    public void Of_several_managers_on_one_directory_one_serves_and_a_standby_follows_it()
    {
        var first = _instance.StartManager();
        var owner = _instance.StartOwner();
        var reader = _instance.StartReader();
        var refused = _instance.LaunchManager();
        Assert.Equal(AnotherRuns, refused.Process.WaitForExit());
        Assert.Contains(_instance.Root, refused.Process.Transcript(), StringComparison.Ordinal);

        ManagerProcess[] standbys = [_instance.LaunchManager("--standby"), _instance.LaunchManager("--standby")];
        foreach (var standby in standbys)
            standby.WaitForEvent("standingBy", standby.Process.Id);
        first.Kill();
        Wait.Until(() => standbys.Any(standby => standby.IsServing), () => $"a standby to serve. {standbys[0].Process.Transcript()}");
        var second = Assert.Single(standbys, standby => standby.IsServing);
        var next = _instance.StartWaitingWorker(second);
        WorkedTable.RequireProgress(owner, reader);
        owner.Peer.Kill();
        next.RequireTakeOver(owner, epoch: 2);
        Assert.Single(standbys, standby => standby.IsServing);

        second.Kill();
        Assert.Single(standbys, standby => standby != second).WaitUntilServing();
        WorkedTable.RequireProgress(next, reader);
        reader.Stop();
    }

    [LinuxFact("processes that are stopped and go on")]
    public void A_stopped_owner_keeps_its_table_though_another_manager_comes()
    {
        var manager = _instance.StartManager();
        var owner = _instance.StartOwner();
        var reader = _instance.StartReader();
        WorkedTable.RequireProgress(owner, reader);
        owner.Peer.Stop();
        manager.Kill();
        var another = _instance.StartManager();
        another.WaitForEvent("accepted", owner.Id);
        _instance.StartWaitingWorker(another);

        using (var file = _instance.OpenFile())
        {
            Assert.Equal((1u, OwnershipState.Owned), (file.Ownership.Epoch, file.Ownership.State));
            Assert.True(file.IsOwnerAlive);
        }
        owner.Peer.Continue();
        WorkedTable.RequireProgress(owner, reader);
        reader.Stop();
    }

    public void Dispose() => _instance.Dispose();
}
