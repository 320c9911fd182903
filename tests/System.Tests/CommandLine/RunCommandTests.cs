using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.CommandLine;

/// <summary><c>etspersist run</c> as a service manager or a person starts, reloads and ends it.</summary>
[Collection(ProcessTests.Name)]
public sealed class RunCommandTests : IDisposable
{
    private const int Failed = 1;
    private const int WrongUse = 2;
    private const int AnotherRuns = 5;
    private const int MoreThanLogsAndPipesHold = 5000;

    private readonly CommandShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [LinuxFact("signals")]
    public void Ended_by_a_signal_it_exits_with_0_and_owners_keep_their_tables_for_the_next()
    {
        var manager = _shell.StartManager();
        var owner = _shell.StartWorker(manager);
        owner.WaitFor("0");
        CommandShell.End(manager);
        Assert.Contains($" {owner.Id} ", _shell.Run("etspersist tables").Printed, StringComparison.Ordinal);

        var next = _shell.StartManager();
        Wait.Until(
            () => next.Printed().Contains($"Process {owner.Id} registered", StringComparison.Ordinal),
            () => $"the owner to come back. {next.Transcript()}");
        Assert.Matches($"accounts +owned +{owner.Id} +billing +1 ", _shell.Run("etspersist status").Printed);
        CommandShell.End(next);
    }

    [LinuxFact("a pipe that is open at both ends")]
    public async Task A_log_that_nobody_reads_holds_up_nobody()
    {
        var manager = _shell.StartManager("mkfifo log; exec etspersist run 2<>log");
        var options = new EtsWorkerOptions { Directory = _shell.Instances, ConnectTimeout = Wait.Limit };
        await using (var worker = await EtsWorker.ConnectAsync("billing", options).WaitAsync(Wait.Limit))
        {
            for (var refused = 0; refused < MoreThanLogsAndPipesHold; refused++)
                await Assert.ThrowsAsync<TableNotFoundException>(() => worker.DropAsync("nothing").WaitAsync(Wait.Limit));
            await using var table = await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Wait.Limit);
            table.Insert("alice", 1);
        }
        CommandShell.End(manager);
    }

    [LinuxFact("signals")]
    public void On_SIGHUP_it_goes_by_the_configuration_as_it_is_now_and_a_mistake_changes_nothing()
    {
        Configure("""{"tables":[{"id":"accounts"}]}""");
        var manager = _shell.StartManager("etspersist run --config shop.json");
        Configure("""{"tables":[{"id":"accounts"},{"id":"orders"}]}""");
        Reload(manager, "was read again: 2 tables");
        Assert.Contains("orders", _shell.Run("etspersist tables").Printed, StringComparison.Ordinal);
        Configure("""{"tables":[{"id":"parcels","size":3}]}""");
        Reload(manager, "shop.json', line 1, column ");
        Assert.DoesNotContain("parcels", _shell.Run("etspersist tables").Printed, StringComparison.Ordinal);
        CommandShell.End(manager);
    }

    [LinuxFact("signals")]
    public void The_service_manager_is_told_of_start_reload_and_end()
    {
        Configure("{}");
        using var socket = new NotificationSocket(_shell["notify"]);
        var manager = _shell.StartManager("etspersist run --config shop.json", (NotificationSocket.Variable, _shell["notify"]));
        Assert.Equal(["READY=1", "STATUS=Serving instance default"], socket.Receive());
        CommandShell.Signal(manager, Signals.HangUp);
        Assert.Equal("RELOADING=1", socket.Receive()[0]);
        Assert.Equal(["READY=1", "STATUS=Serving instance default"], socket.Receive());
        CommandShell.End(manager);
        Assert.Equal("STOPPING=1", socket.Receive()[0]);
    }

    [LinuxFact("signals")]
    public void A_second_manager_is_refused_and_a_standby_takes_over_when_the_first_is_killed()
    {
        using var socket = new NotificationSocket(_shell["notify"]);
        var first = _shell.StartManager();
        Assert.Equal(AnotherRuns, _shell.Run("etspersist run").ExitCode);
        var standby = _shell.Start("etspersist run --standby", (NotificationSocket.Variable, _shell["notify"]));
        Assert.Equal(["READY=1", "STATUS=Standing by for the manager of instance default"], socket.Receive());
        CommandShell.Signal(first, Signals.Kill);
        standby.WaitFor("ready");
        Assert.Equal(["READY=1", "STATUS=Serving instance default"], socket.Receive());
        Assert.Equal(0, _shell.Run("etspersist health").ExitCode);
        CommandShell.End(standby);
    }

    [LinuxFact("signals")]
    public void A_standby_that_is_ended_before_its_time_came_exits_with_0()
    {
        var first = _shell.StartManager();
        using var socket = new NotificationSocket(_shell["notify"]);
        var standby = _shell.Start("etspersist run --standby", (NotificationSocket.Variable, _shell["notify"]));
        socket.Receive();
        CommandShell.End(standby);
        Assert.Equal(0, _shell.Run("etspersist health").ExitCode);
        CommandShell.End(first);
    }

    [LinuxFact("signals")]
    public void What_cannot_be_started_says_why_and_ends_with_its_exit_code()
    {
        Configure("""{"tables":[{"id":"a/b"}]}""");
        var (exitCode, printed) = _shell.Run("etspersist run --config shop.json");
        Assert.Equal(WrongUse, exitCode);
        Assert.Contains("shop.json', line 1, column ", printed, StringComparison.Ordinal);
        File.WriteAllText(_shell["file"], "");
        (exitCode, printed) = _shell.Run("etspersist run --dir file");
        Assert.Equal(Failed, exitCode);
        Assert.Contains("--dir", printed, StringComparison.Ordinal);
        Assert.Equal(WrongUse, _shell.Run("etspersist run --otlp nowhere").ExitCode);
    }

    private void Configure(string json) => File.WriteAllText(_shell["shop.json"], json);

    private static void Reload(PeerProcess manager, string says)
    {
        CommandShell.Signal(manager, Signals.HangUp);
        Wait.Until(
            () => manager.Printed().Contains(says, StringComparison.Ordinal),
            () => $"the manager to say '{says}'. {manager.Transcript()}");
    }
}
