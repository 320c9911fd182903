using System.Text.Json;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Manager.Tests.Connections;
using EtsPersist.Mmf.Manager.Workers;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtsPersist.Mmf.Manager.Tests.Running;

public sealed class SilenceTests
{
    private const string Configuration = """{"tables":[{"id":"accounts","findMe":{"role":"billing"}}],"silence":{"limitMilliseconds":100}}""";
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private static readonly TimeSpan Often = SilenceLimit.LeastLimit / 4;

    [Fact]
    public async Task A_silent_owner_is_reported_and_keeps_its_table()
    {
        await using var manager = await RunningManager.StartAsync(Configuration);
        await using var silent = await RawClient.ConnectAsync(manager);
        await silent.GreetAsync();
        await silent.SendAsync(2, new RegisterMessage("billing", 0, []) { WorkerId = 7 });
        await silent.SendAsync(3, new ClaimMessage("accounts", 0));
        OfferMessage? offer = null;
        while (offer is null)
        {
            var payload = await silent.ReadAsync();
            FieldReader.Open(payload, out var header);
            if (header.Type == MessageType.Offer) offer = MessageCodec.Decode<OfferMessage>(payload, out _);
        }
        using var file = TableFile.Open(manager.Directory.Locate(offer.FileName).Path, writable: true);
        Assert.True(file.TryAccept(offer.Epoch));
        await silent.SendAsync(0, new AcceptedMessage("accounts", offer.Epoch));

        await using var other = await manager.ConnectAsync();
        EtsWorkerInfo seen;
        do
        {
            seen = (await other.ListWorkersAsync().WaitAsync(Patience)).Single(worker => worker.Id == 7);
        }
        while (seen.Silent < TimeSpan.FromMilliseconds(300));
        Assert.True(file.IsOwner);
        Assert.Equal(1, seen.Owned);
        Assert.Equal(new EtsOwner(Environment.ProcessId, "billing"), (await other.FindTableAsync("accounts").WaitAsync(Patience))!.Owner);
    }

    [Fact]
    public async Task A_worker_says_something_as_often_as_the_manager_asks_it_to()
    {
        await using var manager = await RunningManager.StartAsync(Configuration);
        await using var worker = await manager.ConnectAsync();
        await using var other = await manager.ConnectAsync();
        var (before, spoken) = (TimeSpan.Zero, 0);
        while (spoken < 3)
        {
            var silent = (await other.ListWorkersAsync().WaitAsync(Patience)).Single(info => info.Id == worker.Id).Silent;
            if (silent < before) spoken++;
            before = silent;
        }
    }

    [Fact]
    public async Task A_worker_is_not_silent_while_the_manager_carries_out_what_it_has_asked_for()
    {
        var path = Path.GetTempFileName();
        try
        {
            var workers = new RegisteredWorkers();
            var process = new WorkerProcess(ProcessIdentity.Current);
            process.CountOwned(1);
            var (busy, idle) = (Register(workers, process, "busy"), Register(workers, process, "idle"));
            using var events = new ManagerEvents(NullLogger.Instance);
            events.OpenFile(path);
            busy.BeginRequest(); // what it says from now on is read behind that
            using var watch = new SilenceWatch(workers, events) { Limit = new SilenceLimit(SilenceLimit.LeastLimit, Kills: false) };
            await RunningManager.UntilAsync(() => SilentIn(path).Contains("idle"));
            Assert.Equal(["idle"], SilentIn(path));
            busy.EndRequest();
            await RunningManager.UntilAsync(() => SilentIn(path).Contains("busy"));
            Assert.True(idle.Silent > busy.Silent);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_worker_is_judged_by_how_often_it_was_told_to_say_something()
    {
        var path = Path.GetTempFileName();
        try
        {
            var workers = new RegisteredWorkers();
            var process = new WorkerProcess(ProcessIdentity.Current);
            process.CountOwned(1);
            Register(workers, process, "told nothing", TimeSpan.Zero);
            Register(workers, process, "told to be brief", TimeSpan.FromHours(1));
            Register(workers, process, "told as it is now", Often);
            using var events = new ManagerEvents(NullLogger.Instance);
            events.OpenFile(path);
            using var watch = new SilenceWatch(workers, events) { Limit = new SilenceLimit(SilenceLimit.LeastLimit, Kills: false) };
            await RunningManager.UntilAsync(() => SilentIn(path).Length > 0);
            Assert.Equal(["told as it is now"], SilentIn(path)); // the others were looked at before it
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static WorkerRegistration Register(RegisteredWorkers workers, WorkerProcess process, string role, TimeSpan? heartbeatPause = null)
    {
        var worker = new WorkerRegistration(
            process, new RegisterMessage(role, 0, []) { WorkerId = 7 }, new OutgoingFrames(Stream.Null, static () => { }))
        {
            HeartbeatPause = heartbeatPause ?? Often,
        };
        workers.Add(worker);
        return worker;
    }

    /// <summary>The roles of the workers that were reported.</summary>
    private static string[] SilentIn(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var roles = new List<string>();
        for (var line = file.ReadLine(); line is not null && line.EndsWith('}'); line = file.ReadLine())
        {
            using var happened = JsonDocument.Parse(line);
            if (happened.RootElement.GetProperty("event").GetString() == "silent") roles.Add(happened.RootElement.GetProperty("role").GetString()!);
        }
        return [.. roles];
    }
}
