using Xunit.Abstractions;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>
/// Whatever clients send, and however many they are: the manager serves others meanwhile, and afterwards its heap and its descriptors are what they were before. Before
/// means that it has served already: each kind of client once.
/// </summary>
public sealed class ConnectionFloodTests(ITestOutputHelper output)
{
    private const int Frames = 10_000;
    private const int IdleConnections = 1_000;
    private const int SlowConnections = 100;
    private const double Tolerance = 0.10;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Ten_thousand_random_and_mutated_frames_leave_nothing_behind(int seed)
    {
        await using var manager = await MeasuredManager.StartAsync();
        await WarmUpAsync(manager);
        var before = manager.Measure();
        await SendHostileFramesAsync(manager, new HostileFrames(seed), Frames);
        await manager.RequireServesAsync();
        output.WriteLine($"{before}, afterwards {await manager.RequireFootprintAsync(Tolerance, before)}");
    }

    [Fact]
    public async Task A_thousand_idle_and_a_hundred_slow_connections_hold_nobody_up_and_leave_nothing_behind()
    {
        await using var manager = await MeasuredManager.StartAsync();
        await WarmUpAsync(manager);
        var before = manager.Measure();
        await ConnectAsync(manager, IdleConnections, SlowConnections);
        output.WriteLine($"{before}, afterwards {await manager.RequireFootprintAsync(Tolerance, before)}");
    }

    private static async Task WarmUpAsync(MeasuredManager manager)
    {
        await SendHostileFramesAsync(manager, new HostileFrames(seed: 0), Frames / 100);
        await ConnectAsync(manager, idle: 2, slow: 1);
    }

    /// <summary>Clients that say nothing, a greeting, or half of a frame's length, and one that works meanwhile.</summary>
    private static async Task ConnectAsync(MeasuredManager manager, int idle, int slow)
    {
        var clients = new List<RawClient>();
        for (var i = 0; i < idle + slow; i++)
        {
            var client = await RawClient.ConnectAsync(manager.Directory);
            clients.Add(client);
            if (i < slow) await client.SendAsync([9, 0]);
            else if (i % 2 == 0) await client.GreetAsync();
        }
        await manager.RequireServesAsync();
        foreach (var client in clients) await client.DisposeAsync();
    }

    /// <summary>Many frames a connection, until the manager has had enough of it.</summary>
    private static async Task SendHostileFramesAsync(MeasuredManager manager, HostileFrames frames, int count)
    {
        for (var sent = 0; sent < count;)
        {
            await using var client = await RawClient.ConnectAsync(manager.Directory);
            await client.GreetAsync();
            for (var burst = frames.NextBurst(); burst > 0 && sent < count; burst--, sent++) await client.SendAsync(frames.Next());
        }
    }
}
