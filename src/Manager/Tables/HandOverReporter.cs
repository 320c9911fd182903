using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>Reports a table's hand-overs, and watches the owners that it finds.</summary>
internal sealed class HandOverReporter(OpenTable table, TableSurroundings surroundings) : IHandOverSurroundings
{
    /// <summary>How many questions about a held lock make it worth a word: a good second.</summary>
    private const int LongLockWait = 16;

    private string Name => table.Location.Name;

    public IOwnerProcess? Watch(ParticipantInfo owner)
    {
        var identity = new ProcessIdentity(owner.ProcessId, owner.StartTime);
        try
        {
            // The slot's process lives, by its lock. If its id means another process here, it is in another PID namespace.
            if (ProcessIdentity.TryRead(owner.ProcessId, out var here) && here == identity) return surroundings.Processes.Watch(identity, pidfd: null);
        }
        catch (EtsException)
        {
            // Not observable: the kernel is asked about its lock instead.
        }
        Log.OwnerOutOfSight(surroundings.Logger, Name, owner.ProcessId);
        return null;
    }

    public void Offer(IClaimant claimant, in Offer offer)
    {
        (claimant as WorkerRegistration)?.Offer(new OfferMessage(
            Name, table.FileName, offer.Epoch, offer.Reason, offer.From?.ProcessId ?? 0, offer.From?.Role, table.Definition.GiftData));
        surroundings.Events.Offered(Name, claimant.Process.ProcessId, offer.Epoch, offer.Reason);
    }

    public void Owned(TableOwner owner) => surroundings.Events.Accepted(Name, owner.ProcessId, owner.Epoch);

    public void Withdrawn(IClaimant? claimant, uint epoch, string why) =>
        surroundings.Events.Withdrawn(Name, claimant?.Process.ProcessId, epoch, why);

    public void AwaitsLock(TableOwner owner, int attempts)
    {
        if (attempts == LongLockWait) Log.AwaitsLock(surroundings.Logger, Name, owner.ProcessId);
    }

    public void FoundDead(TableOwner owner) => surroundings.Events.FoundDead(Name, owner.ProcessId);

    public void Recovered(TableOwner? owner, uint epoch, int settled, TimeSpan took) => surroundings.Events.Recovered(Name, epoch, settled, took);

    public void Released(TableOwner owner) => surroundings.Events.Released(Name, owner.ProcessId, owner.Epoch);

    public void HeldBack(TimeSpan delay) => Log.HeldBack(surroundings.Logger, Name, delay.TotalMilliseconds);
}
