using System.Diagnostics.Metrics;
using EtsPersist.Mmf.Manager.Choosing;
using EtsPersist.Mmf.Manager.Hosting;
using EtsPersist.Mmf.Manager.Tests.Events;
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
        await using var worker = await EtsWorker.ConnectAsync("billing", new EtsWorkerOptions { Directory = _root, Priority = 3, ConnectTimeout = Patience }).WaitAsync(Patience);
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
    public async Task A_log_and_a_listener_of_the_program_that_throw_keep_no_table_from_its_next_owner()
    {
        var instance = $"m{Guid.NewGuid():N}"; // the instances of other tests have meters of the same name
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Tags?.Any(tag => Equals(tag.Value, instance)) == true) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) =>
        {
            heard.TrySetResult();
            throw new InvalidOperationException("This listener cannot listen.");
        });
        listener.Start();
        var logger = new ThrowingLogger();

        await using var manager = await EtsManager.StartAsync(new EtsManagerOptions { Instance = instance, Directory = _root, Logger = logger }).WaitAsync(Patience);
        var options = new EtsWorkerOptions { Instance = instance, Directory = _root, ConnectTimeout = Patience };
        await using var first = await EtsWorker.ConnectAsync("billing", options).WaitAsync(Patience);
        await using var second = await EtsWorker.ConnectAsync("billing", options).WaitAsync(Patience);
        await using var table = await first.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        await heard.Task.WaitAsync(Patience);
        var next = second.OwnAsync<string, long>("accounts", EtsTableOptions.Default);
        await first.ReleaseAsync("accounts").WaitAsync(Patience);
        await using var taken = await next.WaitAsync(Patience);
        taken.Insert("alice", 1);
        Assert.NotEqual(0, logger.Thrown);
    }

    [Fact]
    public async Task Wrong_options_are_refused_by_name()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => EtsManager.StartAsync(new EtsManagerOptions { RuleTimeLimit = TimeSpan.Zero }));
        await Assert.ThrowsAsync<ConfigurationException>(() => EtsManager.StartAsync(new EtsManagerOptions { Directory = _root, ConfigurationPath = "/nowhere.json" }));
        await Assert.ThrowsAsync<InvalidNameException>(() => EtsManager.StartAsync(new EtsManagerOptions { Instance = "a/b" }));
    }
}
