using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>Whatever clients send, and however many they are: others are served meanwhile, and nothing of it stays.</summary>
[Collection(AloneTests.Name)]
public sealed class ConnectionFloodTests
{
    private const int IdleConnections = 1_000;
    private const int SlowConnections = 100;
    private const double Tolerance = 0.10;

    private static readonly TimeSpan Patience = RunningManager.Patience;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Ten_thousand_random_and_mutated_frames_leave_nothing_behind(int seed)
    {
        await using var manager = await RunningManager.StartAsync();
        await SendHostileFramesAsync(manager, new HostileFrames(seed), 200); // what is made once and kept
        var before = Footprint.Take();
        await SendHostileFramesAsync(manager, new HostileFrames(seed + 100), 10_000);
        await RequireServedAsync(manager);
        await Footprint.RequireAsync(before, Tolerance, Patience);
    }

    [Fact]
    public async Task A_thousand_idle_and_a_hundred_slow_connections_hold_nobody_up_and_leave_nothing_behind()
    {
        await using var manager = await RunningManager.StartAsync();
        await FloodAsync(manager, 100, 10); // what is made once and kept
        var before = Footprint.Take();
        await FloodAsync(manager, IdleConnections, SlowConnections);
        await Footprint.RequireAsync(before, Tolerance, Patience);
    }

    private static async Task FloodAsync(RunningManager manager, int idle, int slow)
    {
        var clients = new List<RawClient>();
        for (var i = 0; i < idle + slow; i++)
        {
            var client = await RawClient.ConnectAsync(manager);
            clients.Add(client);
            if (i < slow) await client.SendAsync([9, 0]); // half of a frame's length
            else if (i % 2 == 0) await client.GreetAsync();
        }
        await RequireServedAsync(manager);
        foreach (var client in clients) await client.DisposeAsync();
    }

    /// <summary>Many frames a connection, until the manager has had enough of it.</summary>
    private static async Task SendHostileFramesAsync(RunningManager manager, HostileFrames frames, int count)
    {
        for (var sent = 0; sent < count;)
        {
            await using var client = await RawClient.ConnectAsync(manager);
            await client.GreetAsync();
            for (var burst = frames.NextBurst(); burst > 0 && sent < count; burst--, sent++) await client.SendAsync(frames.Next());
        }
    }

    private static async Task RequireServedAsync(RunningManager manager)
    {
        await using var worker = await manager.ConnectAsync("served");
        await using var table = await worker.OwnAsync<string, long>("served", EtsTableOptions.Default).WaitAsync(Patience);
        table.Insert("alice", 1);
    }
}
