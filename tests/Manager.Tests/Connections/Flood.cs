using System.Globalization;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Protocol;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>The program that <see cref="ConnectionFloodTests"/> start: a manager under one flood after another, and what it has in use between them and afterwards.</summary>
internal static class Flood
{
    /// <summary>The argument for a flood of frames; behind it a seed.</summary>
    public const string OfFrames = "frames";

    /// <summary>The argument for a flood of connections.</summary>
    public const string OfConnections = "connections";

    private const int Frames = 10_000;
    private const int IdleConnections = 1_000;
    private const int SlowConnections = 100;
    private const double Tolerance = 0.10;

    private static readonly TimeSpan Patience = RunningManager.Patience;

    public static async Task Main(string[] arguments)
    {
        await using var manager = await RunningManager.StartAsync();
        if (arguments is [OfFrames, var seed]) await SendFramesAsync(manager, int.Parse(seed, CultureInfo.InvariantCulture));
        else if (arguments is [OfConnections]) await ConnectAsync(manager);
        else throw new ArgumentException($"'{string.Join(' ', arguments)}' names no flood: it is '{OfFrames} SEED' or '{OfConnections}'.");
    }

    private static async Task SendFramesAsync(RunningManager manager, int seed)
    {
        await SendHostileFramesAsync(manager, new HostileFrames(seed), Frames); // what is made once and kept
        var before = Footprint.Take();
        await SendHostileFramesAsync(manager, new HostileFrames(seed + 100), Frames);
        await RequireServedAsync(manager);
        await Footprint.RequireAsync(before, Tolerance, Patience);
    }

    private static async Task ConnectAsync(RunningManager manager)
    {
        await ConnectAsync(manager, IdleConnections, SlowConnections); // what is made once and kept
        var before = Footprint.Take();
        await ConnectAsync(manager, IdleConnections, SlowConnections);
        await Footprint.RequireAsync(before, Tolerance, Patience);
    }

    private static async Task ConnectAsync(RunningManager manager, int idle, int slow)
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
