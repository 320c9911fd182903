using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.HandOver;

[Collection(ProcessTests.Name)]
public sealed class SilentOwnerTests : IDisposable
{
    private readonly WorkedTable _instance = new();

    [LinuxFact("processes that are stopped and go on")]
    public void A_stopped_owner_is_killed_where_the_configuration_says_so_and_then_replaced()
    {
        var configuration = $"{_instance.Root}.json";
        File.WriteAllText(configuration, """{"silence":{"limitMilliseconds":2000,"kill":true}}""");
        var manager = _instance.LaunchManager("--config", configuration);
        manager.WaitUntilServing();
        var owner = _instance.StartOwner();
        var reader = _instance.StartReader();
        var successor = _instance.StartWaitingWorker(manager);
        WorkedTable.RequireProgress(owner, reader);
        owner.Peer.Stop();
        manager.WaitForEvent("killed", owner.Id);
        successor.RequireTakeOver(owner, epoch: 2);
        WorkedTable.RequireProgress(successor, reader);
        reader.Stop();
    }

    public void Dispose() => _instance.Dispose();
}
