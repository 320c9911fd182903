using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <content>What operators want of owners.</content>
internal sealed partial class WorkerSession
{
    /// <summary>Lets a table go that is this worker's. Its code is told by its next write; reads go on.</summary>
    private void OnRelinquish(RelinquishMessage wanted)
    {
        OwnedTableHandle? handle;
        lock (_gate) handle = _owned.FirstOrDefault(owned => owned.Epoch == wanted.Epoch && owned.Table == wanted.Table);
        if (handle is not null) Track(Task.Run(() => handle.RelinquishAsync(new EtsSuccessor(wanted.ProcessId, wanted.WorkerId))));
    }
}
