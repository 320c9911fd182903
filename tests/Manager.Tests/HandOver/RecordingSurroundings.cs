using EtsPersist.Mmf.Manager.Choosing;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

/// <summary>Keeps what a hand-over reported, as short sentences.</summary>
internal sealed class RecordingSurroundings : IHandOverSurroundings
{
    public List<string> Seen { get; } = [];

    /// <summary>The processes that can be watched, by id.</summary>
    public Dictionary<int, FakeWorker> Visible { get; } = [];

    public TableDefinition Definition { get; set; } = new() { Id = "accounts" };

    /// <summary>The heir, if it is connected.</summary>
    public FakeWorker? Heir { get; set; }

    /// <summary>Whether the heir lives although it is not connected.</summary>
    public bool MayHeirCome { get; set; }

    public IFindMeRule? Rule { get; set; }

    public TimeSpan RuleTimeLimit { get; set; } = TimeSpan.FromSeconds(30);

    public bool HasRule => Rule is not null;

    public ArrivalLimits Arrivals { get; set; } = ArrivalLimits.Default;

    public TimeSpan QuarantineLeft { get; set; }

    public IClaimant? FindHeir(out bool mayCome)
    {
        mayCome = Heir is null && MayHeirCome;
        return Heir is { IsDead: false } ? Heir : null;
    }

    public RuleRun AskRule(IReadOnlyList<Claim> candidates, TransferReason reason)
    {
        Seen.Add("asked the rule");
        var request = new FindMeRequest("accounts", reason, [.. candidates.Select(claim =>
            new FindMeCandidate(claim.Claimant.Process.ProcessId, claim.Claimant.WorkerId, claim.Claimant.Role, claim.Claimant.Priority, default, 0))]);
        return RuleRun.Start(Rule!, RuleTimeLimit, request, candidates, () => Answered.Release());
    }

    /// <summary>Released with each answer of the rule.</summary>
    public SemaphoreSlim Answered { get; } = new(0);

    public void RuleFailed(string problem) => Seen.Add($"rule failed: {problem}");

    public void KeepDeparture(Departure? departure)
    {
        Seen.Add(departure is null ? "forgot the departure" : $"kept {departure.Reason} {departure.Epoch}");
        Definition = Definition with { Standing = Definition.Standing with { Departure = departure } };
    }

    public void Quarantine(TimeSpan time)
    {
        Seen.Add("quarantined");
        QuarantineLeft = time;
    }

    public void QuarantinedWorker(IClaimant claimant, TimeSpan time) => Seen.Add($"quarantined {claimant.Process.ProcessId}");

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
