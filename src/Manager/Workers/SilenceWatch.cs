using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Workers;

/// <summary>
/// Notices owners that say nothing any more: stopped ones, for the most part. Time does not decide that they are dead, and nothing is taken from them; they
/// are reported, and killed where the configuration says so. Their tables go on when the kernel says that they are dead.
/// </summary>
internal sealed class SilenceWatch : IDisposable
{
    private readonly RegisteredWorkers _workers;
    private readonly ManagerEvents _events;
    private readonly Timer _timer;
    private long _looked;
    private SilenceLimit _limit = SilenceLimit.None;

    public SilenceWatch(RegisteredWorkers workers, ManagerEvents events)
    {
        _workers = workers;
        _events = events;
        _timer = new Timer(static watch => ((SilenceWatch)watch!).Look(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>The limit as it is; without one nothing is ever looked at.</summary>
    public SilenceLimit Limit
    {
        get => Volatile.Read(ref _limit);
        set
        {
            Volatile.Write(ref _limit, value);
            Volatile.Write(ref _looked, TimeProvider.System.GetTimestamp());
            var pause = value.Limit > TimeSpan.Zero ? value.HeartbeatPause : Timeout.InfiniteTimeSpan;
            _timer.Change(pause, pause);
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>
    /// Whether this process itself has had no processor, or was stopped: what workers have said meanwhile is not read yet, and all of them would seem silent.
    /// </summary>
    private bool HasMissedLooks(SilenceLimit limit, long now) =>
        TimeProvider.System.GetElapsedTime(Interlocked.Exchange(ref _looked, now), now) > limit.HeartbeatPause * 2;

    private void Look()
    {
        var limit = Limit;
        var now = TimeProvider.System.GetTimestamp(); // one for all: whatever keeps this process meanwhile makes nobody silent
        if (HasMissedLooks(limit, now)) return;
        foreach (var worker in _workers.All)
        {
            if (worker.Process.OwnedTables == 0 || !limit.IsExceededBy(worker.SilentAt(now), worker.HeartbeatPause) || !worker.NoteSilence()) continue;
            KillAnswer? kill = limit.Kills ? ProcessKill.Kill(worker.Identity, worker.Pidfd) : null;
            if (kill != KillAnswer.Gone) _events.Silent(worker.Process.ProcessId, worker.Role, worker.Silent, kill);
        }
    }
}
