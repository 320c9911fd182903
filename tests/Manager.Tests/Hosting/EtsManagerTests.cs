using EtsPersist.Mmf.Manager.Choosing;
using EtsPersist.Mmf.Manager.Hosting;
using EtsPersist.Mmf.Manager.Tests.HandOver;
using EtsPersist.Mmf.Manager.Tests.Running;

namespace EtsPersist.Mmf.Manager.Tests.Hosting;

public sealed class EtsManagerTests : IDisposable
{
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private readonly string _root = RunningManager.NewRoot();

    public void Dispose()
    {
        if (Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_program_hosts_a_manager_with_a_rule_of_its_own()
    {
        FindMeRequest? asked = null;
        var rule = new FunctionRule(request =>
        {
            asked = request;
            return new EtsSuccessor(0, request.Candidates[^1].WorkerId);
        });
        await using var manager = await EtsManager.StartAsync(new EtsManagerOptions { Directory = _root, Rule = rule }).WaitAsync(Patience);
        await using var worker = await EtsWorker.ConnectAsync("billing", new EtsWorkerOptions { Directory = _root, Priority = 3 }).WaitAsync(Patience);
        await using var table = await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        Assert.Equal(("accounts", TransferReason.Created), (asked!.Table, asked.Reason));
        Assert.Equal((worker.Id, "billing", 3, Environment.ProcessId), (
            asked.Candidates[0].WorkerId, asked.Candidates[0].Role, asked.Candidates[0].Priority, asked.Candidates[0].ProcessId));
    }

    [Fact]
    public async Task A_second_one_is_refused_or_waits_for_the_end_of_the_first()
    {
        var options = new EtsManagerOptions { Directory = _root };
        var first = await EtsManager.StartAsync(options).WaitAsync(Patience);
        await Assert.ThrowsAsync<ManagerRunningException>(() => EtsManager.StartAsync(options).WaitAsync(Patience));
        var standby = EtsManager.StartAsync(options with { IsStandby = true });
        Assert.False(standby.IsCompleted);
        await first.DisposeAsync();
        await (await standby.WaitAsync(Patience)).DisposeAsync();
    }

    [Fact]
    public async Task Wrong_options_are_refused_by_name()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => EtsManager.StartAsync(new EtsManagerOptions { RuleTimeLimit = TimeSpan.Zero }));
        await Assert.ThrowsAsync<ConfigurationException>(() => EtsManager.StartAsync(new EtsManagerOptions { Directory = _root, ConfigurationPath = "/nowhere.json" }));
        await Assert.ThrowsAsync<InvalidNameException>(() => EtsManager.StartAsync(new EtsManagerOptions { Instance = "a/b" }));
    }
}
