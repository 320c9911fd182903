using System.Collections.Concurrent;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Workers;

/// <summary>The workers that are connected and have registered, in the order in which they did.</summary>
internal sealed class RegisteredWorkers
{
    private readonly ConcurrentDictionary<long, WorkerRegistration> _workers = new();
    private long _last;

    /// <summary>Those of one moment. Copied by the dictionary itself: one that grows while it is sorted is an error.</summary>
    public IEnumerable<WorkerRegistration> All => _workers.ToArray().OrderBy(worker => worker.Key).Select(worker => worker.Value);

    /// <summary>Adds a worker; the answer takes it out again.</summary>
    public Action Add(WorkerRegistration worker)
    {
        var place = Interlocked.Increment(ref _last);
        _workers[place] = worker;
        return () => _workers.TryRemove(place, out _);
    }

    /// <summary>The workers that a process id and a worker id mean; 0 for any.</summary>
    public IEnumerable<WorkerRegistration> Find(int processId, ulong workerId) => All.Where(worker =>
        (processId != 0 || workerId != 0) && (processId == 0 || worker.Process.ProcessId == processId) && (workerId == 0 || worker.WorkerId == workerId));

    /// <summary>The connection of an heir, or null; then whether it lives and may yet connect.</summary>
    public WorkerRegistration? Find(Heir heir, out bool mayCome)
    {
        var found = All.FirstOrDefault(worker => !worker.Process.IsDead && worker.Identity == heir.Process && (heir.WorkerId == 0 || worker.WorkerId == heir.WorkerId));
        mayCome = found is null && ProcessIdentity.TryRead(heir.Process.ProcessId, out var here) && here == heir.Process;
        return found;
    }
}
