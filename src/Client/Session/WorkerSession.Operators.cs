using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <content>What operators want of owners.</content>
internal sealed partial class WorkerSession
{
    private readonly List<OwnedTableHandle> _leaving = []; // came unasked, and go on before they are asked for

    /// <summary>Lets a table go that is this worker's. Its code is told by its next write; reads go on. Where it has not asked for the table yet, it waits for it.</summary>
    private void OnRelinquish(RelinquishMessage wanted)
    {
        bool IsWanted(OwnedTableHandle handle) => handle.Epoch == wanted.Epoch && handle.Table == wanted.Table;
        var successor = new EtsSuccessor(wanted.ProcessId, wanted.WorkerId);
        OwnedTableHandle? handle;
        ArrivedTable? arrived = null;
        lock (_gate)
        {
            handle = _owned.Find(IsWanted);
            if (handle is null && (arrived = _arrived.Find(kept => IsWanted(kept.Handle))) is not null)
            {
                _arrived.Remove(arrived);
                _leaving.Add(arrived.Handle);
            }
        }
        if (handle is not null) Track(Task.Run(() => handle.RelinquishAsync(successor)));
        else if (arrived is not null) Track(Task.Run(() => RelinquishAsync(arrived, successor)));
    }

    /// <summary>Lets a table go that nobody has asked for. If its successor does not take it, it is kept on.</summary>
    private async Task RelinquishAsync(ArrivedTable arrived, EtsSuccessor successor)
    {
        await arrived.Handle.RelinquishAsync(successor).ConfigureAwait(false);
        lock (_gate) _leaving.Remove(arrived.Handle);
        if (arrived.Handle.IsReleased) arrived.Handle.File.Dispose();
        else Keep(arrived, isTold: true);
    }
}
