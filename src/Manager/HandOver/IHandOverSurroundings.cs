using EtsPersist.Mmf.Manager.Choosing;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>What a hand-over reports and asks of its surroundings.</summary>
internal interface IHandOverSurroundings
{
    /// <summary>The table's definition, with what is kept of its past.</summary>
    TableDefinition Definition { get; }

    /// <summary>The heir's connection, or null; then whether it lives and may yet connect.</summary>
    IClaimant? FindHeir(out bool mayCome);

    /// <summary>Whether a user's rule chooses the next owner.</summary>
    bool HasRule { get; }

    /// <summary>Asks the user's rule; the answer is an event.</summary>
    RuleRun AskRule(IReadOnlyList<Claim> candidates, TransferReason reason);

    void RuleFailed(string problem);

    /// <summary>Keeps how an owner has left the table, before the next manager could see that it has.</summary>
    void KeepDeparture(Departure? departure);

    /// <summary>What is done about owners that die on arrival.</summary>
    ArrivalLimits Arrivals { get; }

    /// <summary>For how long yet the table is in quarantine.</summary>
    TimeSpan QuarantineLeft { get; }

    void Quarantine(TimeSpan time);

    /// <summary>A living worker has let so many offers pass that it gets none for a time.</summary>
    void QuarantinedWorker(IClaimant claimant, TimeSpan time);

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
