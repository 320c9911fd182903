using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

/// <summary>Keeps what a hand-over reported, as short sentences.</summary>
internal sealed class RecordingSurroundings : IHandOverSurroundings
{
    public List<string> Seen { get; } = [];

    /// <summary>The processes that can be watched, by id.</summary>
    public Dictionary<int, FakeWorker> Visible { get; } = [];

    public IOwnerProcess? Watch(ParticipantInfo owner) => Visible.GetValueOrDefault(owner.ProcessId);

    public void Offer(IClaimant claimant, in Offer offer)
    {
        ((FakeWorker)claimant).Offers.Add(offer);
        Seen.Add($"offered {offer.Epoch} to {claimant.Process.ProcessId}");
    }

    public void Owned(TableOwner owner) => Seen.Add($"owned {owner.Epoch} by {owner.ProcessId}");

    public void Withdrawn(IClaimant? claimant, uint epoch, string why) => Seen.Add($"withdrawn {epoch}: {why}");

    public void AwaitsLock(TableOwner owner, int attempts) => Seen.Add($"awaits lock of {owner.ProcessId}");

    public void FoundDead(TableOwner owner) => Seen.Add($"found dead {owner.ProcessId}");

    public void Recovered(TableOwner? owner, uint epoch, int settled, TimeSpan took) => Seen.Add($"recovered {epoch}");

    public void Released(TableOwner owner) => Seen.Add($"released {owner.Epoch}");

    public void HeldBack(TimeSpan delay) => Seen.Add("held back");
}
