using System.Collections.Concurrent;
using System.Diagnostics;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Native.Os;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Manager.Workers;

/// <summary>The living processes that work for the instance, each under one watch however many connections and tables it has.</summary>
/// <remarks>A watch ends with its process: a process that lives can come back at any time, and costs one descriptor meanwhile.</remarks>
internal sealed class WorkerProcesses : IDisposable
{
    private readonly ConcurrentDictionary<ProcessIdentity, WorkerProcess> _living = new();
    private readonly Lock _watching = new();
    private readonly ManagerEvents _events;
    private readonly Action<WorkerProcess> _onDeath;
    private readonly ProcessWatcher _watcher;

    /// <summary>
    /// Starts a watcher; <paramref name="onDeath"/> is called once for each death, on the watcher's thread, before the process can be seen to be dead. It may
    /// mark it so itself.
    /// </summary>
    public WorkerProcesses(ManagerEvents events, Action<WorkerProcess> onDeath)
    {
        _events = events;
        _onDeath = onDeath;
        _watcher = new ProcessWatcher(error => Log.DeathReportFailed(events.Logger, error));
    }

    /// <summary>The process of an identity, watched from now on at the latest.</summary>
    /// <exception cref="EtsException">The system offers no way to watch it.</exception>
    public WorkerProcess Watch(ProcessIdentity identity, SafeFileHandle? pidfd)
    {
        // Out of sight in another PID namespace, or gone already: nothing tells whether two of these are one.
        if (identity.ProcessId == 0 || identity.StartTime == 0) return Begin(new WorkerProcess(identity), pidfd);
        if (_living.TryGetValue(identity, out var known)) return known;
        lock (_watching)
        {
            if (_living.TryGetValue(identity, out known)) return known;
            var process = Begin(new WorkerProcess(identity), pidfd);
            // One that has died meanwhile is forgotten again: its report may have come before it was here.
            _living[identity] = process;
            if (process.IsDead) _living.TryRemove(identity, out _);
            return process;
        }
    }

    /// <summary>Takes a process for dead that lives; for a rehearsal.</summary>
    public void PretendDeath(ProcessIdentity identity)
    {
        if (_living.TryGetValue(identity, out var process)) OnDeath(process, new ProcessDeath(identity, Stopwatch.GetTimestamp(), ExitCode: null));
    }

    public void Dispose() => _watcher.Dispose();

    private WorkerProcess Begin(WorkerProcess process, SafeFileHandle? pidfd)
    {
        _watcher.Watch(process.Identity, pidfd, death => OnDeath(process, in death));
        return process;
    }

    private void OnDeath(WorkerProcess process, in ProcessDeath death)
    {
        process.ExitStatus = death.ExitCode;
        // The hand-over first: all else can wait.
        try
        {
            _onDeath(process);
        }
        finally
        {
            process.MarkDead();
            _living.TryRemove(process.Identity, out _);
            _events.Died(death);
        }
    }
}
