using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Workers;

/// <summary>A process that works for the instance, from when the manager first hears of it to its death.</summary>
internal sealed class WorkerProcess(ProcessIdentity identity) : IOwnerProcess
{
    private volatile bool _isDead;
    private int _ownedTables;

    public ProcessIdentity Identity { get; } = identity;

    public int ProcessId => Identity.ProcessId;

    public bool IsDead => _isDead;

    /// <summary>Set before it can be seen to be dead.</summary>
    public int? ExitStatus { get; set; }

    public int OwnedTables => Volatile.Read(ref _ownedTables);

    public void CountOwned(int change) => Interlocked.Add(ref _ownedTables, change);

    public void MarkDead() => _isDead = true;
}
