using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.HandOver;

[Collection(ProcessTests.Name)]
public sealed class SilentOwnerTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private readonly WorkedTable _instance = new();

    [LinuxFact("processes that are stopped and go on")]
    public void A_manager_that_was_stopped_itself_takes_nobody_for_silent()
    {
        var manager = StartManager();
        var owner = _instance.StartOwner();
        var reader = _instance.StartReader();
        WorkedTable.RequireProgress(owner, reader);
        manager.Process.Stop();
        Thread.Sleep(Limit * 1.5); // that time has passed is what is tested
        manager.Process.Continue();
        _instance.StartWaitingWorker(manager); // by then it has looked
        WorkedTable.RequireProgress(owner, reader);
        reader.Stop();
    }

    [LinuxFact("processes that are stopped and go on")]
    public void A_stopped_owner_is_killed_where_the_configuration_says_so_and_then_replaced()
    {
        var manager = StartManager();
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

    private ManagerProcess StartManager()
    {
        var configuration = $"{_instance.Root}.json";
        File.WriteAllText(configuration, $$$"""{"silence":{"limitMilliseconds":{{{Limit.TotalMilliseconds}}},"kill":true}}""");
        var manager = _instance.LaunchManager("--config", configuration);
        manager.WaitUntilServing();
        return manager;
    }
}
