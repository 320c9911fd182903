using EtsPersist.Mmf.Manager.Dispatching;
using EtsPersist.Mmf.Manager.Metrics;
using EtsPersist.Mmf.Native.Os;
using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.Events;

/// <summary>
/// What happens in a manager, told to people by the log and to programs by the event file and the metrics. A thread of its own tells it: to
/// format a line takes longer than to hand a table over, and no slow disk or terminal is to delay one. The time of an event is that of its
/// report.
/// </summary>
/// <remarks>Threads: any. Blocking: none. Failure: none; an event file that cannot be written is logged once and then left alone, and whoever listens to the log or the metrics may throw.</remarks>
internal sealed class ManagerEvents : IDisposable
{
    /// <summary>How long the first event of a row waits to be told: the hand-over that it belongs to needs the processors more.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(2);

    private readonly WorkQueue<(ManagerEvent Happened, Action<ILogger> Log)> _pending = new();
    private readonly Thread _teller;
    private string? _path;
    private EventFile? _file;

    public ManagerEvents(ILogger logger, ManagerMetrics? metrics = null)
    {
        Logger = new UnfailingLogger(logger);
        Metrics = metrics;
        _teller = new Thread(Tell) { IsBackground = true, Name = "etspersist events" };
        _teller.Start();
    }

    public ILogger Logger { get; }

    /// <summary>What is counted; null for a rehearsal.</summary>
    public ManagerMetrics? Metrics { get; }

    /// <summary>The latest hand-offs.</summary>
    public HandOffHistory HandOffs { get; } = new();

    /// <summary>Starts the event file. One that cannot be written is no reason not to serve.</summary>
    public void OpenFile(string path)
    {
        _path = path;
        try
        {
            Volatile.Write(ref _file, new EventFile(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.EventFileFailed(Logger, path, error);
        }
    }

    public void StandingBy() => Report(new ManagerEvent("standingBy") { ProcessId = Environment.ProcessId }, Log.StandingBy);

    public void Serving(string instance, string directory) => Report(
        new ManagerEvent("serving") { ProcessId = Environment.ProcessId },
        logger => Log.Serving(logger, instance, directory, Environment.ProcessId));

    public void Registered(int processId, string role) => Report(
        new ManagerEvent("registered") { ProcessId = processId, Role = role },
        logger => Log.Registered(logger, processId, role));

    public void Waiting(string table, int processId) => Report(
        new ManagerEvent("waiting") { Table = table, ProcessId = processId },
        logger => Log.Waiting(logger, table, processId));

    public void Died(ProcessDeath death) => Report(
        new ManagerEvent("died") { ProcessId = death.Process.ProcessId, ExitStatus = death.ExitCode, Timestamp = death.TimestampTicks },
        logger => Log.Died(logger, death.Process.ProcessId, death.ExitCode));

    public void FoundDead(string table, int processId) => Report(
        new ManagerEvent("died") { Table = table, ProcessId = processId },
        logger => Log.FoundDead(logger, table, processId));

    public void Recovered(string table, uint epoch, int settled, TimeSpan took) => ReportQuietly(
        new ManagerEvent("recovered") { Table = table, Epoch = epoch },
        logger => Log.Recovered(logger, table, epoch, settled, took.TotalMilliseconds));

    public void Offered(string table, int processId, uint epoch, TransferReason reason) => ReportQuietly(
        new ManagerEvent("offered") { Table = table, ProcessId = processId, Epoch = epoch, Reason = reason },
        logger => Log.Offered(logger, table, processId, epoch, ValueName.Of(reason)));

    public void Withdrawn(string table, int? processId, uint epoch, string why) => Report(
        new ManagerEvent("withdrawn") { Table = table, ProcessId = processId, Epoch = epoch },
        logger => Log.Withdrawn(logger, table, epoch, processId, why));

    public void Accepted(string table, int processId, uint epoch) => Report(
        new ManagerEvent("accepted") { Table = table, ProcessId = processId, Epoch = epoch },
        logger => Log.Owned(logger, table, processId, epoch));

    /// <param name="processId">The owner.</param>
    /// <param name="role">Its role.</param>
    /// <param name="silent">How long it has said nothing.</param>
    /// <param name="kill">What came of killing it; null if that is not to be done.</param>
    public void Silent(int processId, string role, TimeSpan silent, KillAnswer? kill) => Report(
        new ManagerEvent(kill == KillAnswer.Killed ? "killed" : "silent") { ProcessId = processId, Role = role },
        logger =>
        {
            if (kill is null) Log.Silent(logger, processId, role, silent.TotalSeconds);
            else if (kill == KillAnswer.Killed) Log.SilentKilled(logger, processId, role, silent.TotalSeconds);
            else Log.SilentNotKilled(logger, processId, role, silent.TotalSeconds);
        });

    public void Quarantined(string table, TimeSpan time) => Report(
        new ManagerEvent("quarantined") { Table = table },
        logger => Log.Quarantined(logger, table, time.TotalSeconds));

    public void QuarantinedWorker(string table, int processId, string role, TimeSpan time) => Report(
        new ManagerEvent("quarantined") { Table = table, ProcessId = processId, Role = role },
        logger => Log.QuarantinedWorker(logger, table, processId, role, time.TotalSeconds));

    public void Released(string table, int processId, uint epoch) => Report(
        new ManagerEvent("released") { Table = table, ProcessId = processId, Epoch = epoch },
        logger => Log.Released(logger, table, processId, epoch));

    public void Renamed(string table, string newName, string fileName) => Report(
        new ManagerEvent("renamed") { Table = table, NewName = newName },
        logger => Log.TableRenamed(logger, table, newName, fileName));

    public void Dropped(string table) => Report(new ManagerEvent("dropped") { Table = table }, logger => Log.TableDropped(logger, table));

    /// <summary>Has told what was reported in the middle of a hand-over, which does not wait until a thread is woken for that.</summary>
    public void Wake() => _pending.Wake();

    /// <summary>Tells what is still to be told.</summary>
    public void Dispose()
    {
        _pending.Complete();
        _teller.Join();
        _pending.Dispose();
        _file?.Dispose();
        Metrics?.Dispose();
    }

    private void Report(in ManagerEvent happened, Action<ILogger> log) => _pending.Add((happened, log));

    private void ReportQuietly(in ManagerEvent happened, Action<ILogger> log) => _pending.AddQuietly((happened, log));

    private void Tell()
    {
        while (_pending.TryTake(out var next))
        {
            if (_pending.IsEmpty) Thread.Sleep(Courtesy);
            Write(in next.Happened);
            Count(in next.Happened);
            next.Log(Logger);
        }
    }

    private void Count(in ManagerEvent happened)
    {
        var handOff = HandOffs.Note(in happened);
        try
        {
            Metrics?.Count(in happened);
            if (handOff is { } done) Metrics?.Count(done);
        }
        catch (Exception error)
        {
            Log.ListenerFailed(Logger, error);
        }
    }

    private void Write(in ManagerEvent happened)
    {
        try
        {
            Volatile.Read(ref _file)?.Write(in happened);
        }
        catch (Exception error) // of whatever sort: this thread tells everything else, too
        {
            Volatile.Write(ref _file, null);
            Log.EventFileFailed(Logger, _path!, error);
        }
    }
}
