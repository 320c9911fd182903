using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tables;

/// <content>
/// Tables that are made for one worker to fill. Nobody is to find such a table empty, so it is dropped where that worker waits no longer, has lost its
/// connection, is dead, or is unknown since another manager made the table. A worker that still wants it has it made again.
/// </content>
internal sealed partial class TableActor
{
    private WorkerRegistration? _creator;

    /// <summary>Drops the table if it was made for a worker that has not accepted it and will not.</summary>
    private bool TryDropForsaken(OpenTable table)
    {
        if (!IsForCreator(table) || (_creator is { } creator && _claims.Find(creator) is not null)) return false;
        var word = table.File.Ownership;
        var isFree = word.State == OwnershipState.Unowned || (word.State == OwnershipState.Offered && table.File.TryWithdraw(word));
        if (!isFree) return false; // accepted this moment
        Log.TableForsaken(_surroundings.Logger, Name);
        table.File.MarkDropped();
        Remove(table);
        return true;
    }

    /// <summary>The worker has come back over another connection, before the end of the one over which it had the table made was noticed.</summary>
    private bool TryReturnTo(WorkerRegistration creator, OpenTable table)
    {
        if (!IsForCreator(table) || _creator is not { } before || before.WorkerId != creator.WorkerId || before.Identity != creator.Identity) return false;
        _creator = creator;
        table.HandOver.Cancel(before, "the worker has another connection");
        Look();
        return true;
    }

    /// <summary>Another worker would have made the table if it were not there, and goes by it.</summary>
    private static void KeepForOthers(OpenTable table)
    {
        if (IsForCreator(table)) table.Redefine(table.Definition with { GoesToCreator = false });
    }

    /// <exception cref="ManagerRefusedException">The worker does not wait for the table that is to be made for it.</exception>
    private void RequireWaits(WorkerRegistration? creator)
    {
        if (creator is null || _claims.Find(creator) is null)
            throw new ManagerRefusedException($"Table '{Name}' cannot be made for a worker that does not wait for it. Claim it first.");
    }

    private static bool IsForCreator(OpenTable table) => table.Definition.GoesToCreator && table.File.AcceptedEpoch == 0;
}
