using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>What a hand-over reports and asks of its surroundings.</summary>
internal interface IHandOverSurroundings
{
    /// <summary>Puts a death watch on an owner that the manager did not choose; null where the process cannot be watched.</summary>
    IOwnerProcess? Watch(ParticipantInfo owner);

    /// <summary>
    /// Tells a worker that the table is offered to it, before anything else is done. Does not block; a worker that cannot be told is one that
    /// does not accept.
    /// </summary>
    void Offer(IClaimant claimant, in Offer offer);

    void Owned(TableOwner owner);

    void Withdrawn(IClaimant? claimant, uint epoch, string why);

    /// <summary>The kernel has reported the owner's death but not yet dropped its lock.</summary>
    void AwaitsLock(TableOwner owner, int attempts);

    /// <summary>An owner that died while no manager was looking.</summary>
    void FoundDead(TableOwner owner);

    void Recovered(TableOwner? owner, uint epoch, int settled, TimeSpan took);

    void Released(TableOwner owner);

    void HeldBack(TimeSpan delay);
}
