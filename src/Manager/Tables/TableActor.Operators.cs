using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tables;

/// <content>What operators want.</content>
internal sealed partial class TableActor
{
    /// <summary>Tells the owner that the table is wanted elsewhere. Whether it follows is its own affair: nothing is taken from the living.</summary>
    public Task<bool> RelinquishAsync(OperateTableMessage wanted) => _queue.InvokeAsync(() =>
    {
        RequireUsable();
        if (_table is null) throw NotFound();
        Look();
        if (_table is not { } table) throw NotFound();
        var word = table.File.Ownership;
        if (word.State != OwnershipState.Owned || table.HandOver.Owner is not { } owner)
            throw new ManagerRefusedException($"Nobody owns table '{Name}' now; it goes to the next worker that waits for it.");
        if (wanted.Operation == TableOperation.Give) FindSuccessor(wanted.ProcessId, wanted.WorkerId);
        var sessions = _surroundings.Workers.All.Where(worker => ReferenceEquals(worker.Process, owner.Process)).ToArray();
        if (sessions.Length == 0)
            throw new ManagerRefusedException($"Process {owner.ProcessId} owns table '{Name}' and is not connected now. Try again, or end the process.");
        // One of them has accepted it under this epoch; to the others it means nothing.
        var message = new RelinquishMessage(table.File.Name, word.Epoch, wanted.ProcessId, wanted.WorkerId);
        foreach (var session in sessions) session.Relinquish(message);
        return true;
    });
}
