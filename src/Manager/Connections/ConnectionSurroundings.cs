using System.Diagnostics;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Manager.Tables;
using EtsPersist.Mmf.Manager.Workers;
using EtsPersist.Mmf.Protocol.Messages;
using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.Connections;

/// <summary>What all connections of a manager share.</summary>
/// <param name="Instance">The instance's name.</param>
/// <param name="ManagerEpoch">Tells this manager from earlier ones.</param>
/// <param name="Tables">The tables.</param>
/// <param name="Processes">The watched processes.</param>
/// <param name="Workers">The registered workers.</param>
/// <param name="Events">The log and the event file.</param>
internal sealed record ConnectionSurroundings(
    string Instance, ulong ManagerEpoch, TableDirectory Tables, WorkerProcesses Processes, RegisteredWorkers Workers, ManagerEvents Events)
{
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>How often workers are to say something; zero for not at all.</summary>
    public Func<TimeSpan> HeartbeatPause { get; init; } = static () => TimeSpan.Zero;

    public ILogger Logger => Events.Logger;

    public WelcomeMessage Welcome(byte version) => new(
        version, Instance, ManagerEpoch, Environment.ProcessId, typeof(ConnectionSurroundings).Assembly.GetName().Version?.ToString() ?? "")
    {
        HeartbeatMilliseconds = (long)HeartbeatPause().TotalMilliseconds,
    };

    /// <summary>How the manager stands now.</summary>
    public StatusMessage Status()
    {
        var history = Events.HandOffs;
        var uptime = (long)Stopwatch.GetElapsedTime(_began).TotalMilliseconds;
        return new StatusMessage(uptime, history.Deaths, history.Recoveries, [.. history.Recent.Select(Summarize)]);
    }

    private static HandOffSummary Summarize(HandOff handOff) => new(
        handOff.Table,
        handOff.Reason ?? default,
        handOff.FromProcessId ?? 0,
        handOff.ToProcessId,
        handOff.Epoch,
        (long)Stopwatch.GetElapsedTime(handOff.Timestamp).TotalMilliseconds,
        (long)handOff.Took.TotalMicroseconds);
}
