using EtsPersist.Mmf.Manager.Choosing;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.HandOver;

/// <content>Who comes next, and what the next one is told of the one before.</content>
internal sealed partial class TableHandOver
{
    private TimeSpan? _inheritBy;
    private RuleRun? _rule;
    private TimeSpan _askRuleAgainAt;

    /// <summary>Whether the table waits for its heir to connect.</summary>
    public bool AwaitsHeir => _inheritBy is not null;

    /// <summary>Begins to count deaths on arrival anew, and what offers workers let pass.</summary>
    public void Pardon()
    {
        _arrivalDeaths.Forget();
        claims.Pardon();
    }

    /// <summary>The table is gone: nobody owns it any more.</summary>
    public void Close(string why)
    {
        _offer?.Ended?.Invoke(new TransferRejectedException($"The table was not given away: {why}."));
        (_offer, Owner) = (null, null);
    }

    private TimeSpan? HeldBackUntil(TimeSpan now)
    {
        if (surroundings.Definition.IsLocal) return TimeSpan.MaxValue;
        if (surroundings.QuarantineLeft is { Ticks: > 0 } left) return now + left;
        return _arrivalDeaths.NotBefore > now ? _arrivalDeaths.NotBefore : null;
    }

    /// <summary>The heir, if it is its turn; else null and until when it is waited for.</summary>
    private Claim? Inherit(TimeSpan now, out TimeSpan wakeAt)
    {
        wakeAt = TimeSpan.MaxValue;
        if (_inheritBy is not { } until) return null;
        if (surroundings.FindHeir(out var mayCome) is { } heir) return claims.Find(heir) ?? new Claim(heir);
        if (mayCome && now < until) wakeAt = until;
        else _inheritBy = null;
        return null;
    }

    /// <summary>The next one by the find-me rule; else null and when to look again.</summary>
    private Claim? Choose(TimeSpan now, out TimeSpan wakeAt)
    {
        if (surroundings.HasRule) return _rule is null ? AskRule(now, out wakeAt) : HearRule(_rule, now, out wakeAt);
        return claims.Next(surroundings.Definition.FindMe?.Rule ?? FindMeRule.Oldest, now, out wakeAt);
    }

    private Claim? AskRule(TimeSpan now, out TimeSpan wakeAt)
    {
        wakeAt = _askRuleAgainAt;
        if (_askRuleAgainAt > now) return null;
        var eligible = claims.Eligible(now, out wakeAt);
        if (eligible.Count > 0) _rule = surroundings.AskRule(eligible, _reason!.Value); // its answer is an event
        return null;
    }

    private Claim? HearRule(RuleRun rule, TimeSpan now, out TimeSpan wakeAt)
    {
        wakeAt = TimeSpan.MaxValue;
        if (!rule.IsAnswered) return null;
        _rule = null;
        var chosen = rule.Choose(out var problem);
        if (chosen is not null && claims.Find(chosen.Claimant) is null) problem = $"it named process {chosen.Claimant.Process.ProcessId}, which waits no longer";
        if (problem is not null)
        {
            surroundings.RuleFailed(problem);
            return claims.Next(FindMeRule.Oldest, now, out wakeAt);
        }
        if (chosen is null) wakeAt = _askRuleAgainAt = now + policy.RulePause;
        return chosen;
    }

    /// <summary>Only an owner itself goes from Owned to Unowned.</summary>
    private void NoteRelease(TableOwner owner)
    {
        var left = surroundings.Definition.Standing.Departure is { Reason: TransferReason.Released } departure && departure.Epoch == owner.Epoch ? departure.GiftData : null;
        NoteDeparture(owner);
        (_reason, _from, _gift, _exitStatus, Owner) = (TransferReason.Released, owner.ToPrevious(), left, null, null);
        surroundings.Released(owner);
    }

    private void NoteDeath(TableOwner? owner)
    {
        (_reason, _from, _gift) = (_diedUnseen ? TransferReason.ManagerRecovered : TransferReason.OwnerDied, owner?.ToPrevious(), null);
        _exitStatus = owner?.Process?.ExitStatus;
        if (surroundings.Definition.Standing.Heir is not null) _inheritBy = Now + policy.HeirPatience;
        if (owner?.AcceptedAt is { } acceptedAt) NoteArrivalDeath(acceptedAt);
        (Owner, _diedUnseen, _lockAttempts) = (null, false, 0);
    }

    /// <summary>
    /// A death is kept before the word says that it is settled, where the next manager would have to know of it: its heir inherits; and what the owner
    /// had left for a release that never came is forgotten.
    /// </summary>
    private void KeepDeath(Ownership word)
    {
        var standing = surroundings.Definition.Standing;
        if (standing.Heir is not null)
            surroundings.KeepDeparture(new Departure(word.Epoch, TransferReason.OwnerDied, Owner?.ToPrevious() ?? new PreviousOwner(0, null), GiftData: null));
        else if (standing.Departure is not null)
            surroundings.KeepDeparture(null);
    }

    /// <summary>
    /// The death of a giver is kept before its offer is withdrawn, for the same reason. One that this manager does not know is taken for dead: if it lives, it
    /// has let go of the table.
    /// </summary>
    private void KeepGiversDeath(Ownership offered)
    {
        var accepted = file.AcceptedEpoch;
        if (surroundings.Definition.Standing.Heir is null || accepted == 0 || accepted + 1 != offered.Epoch || Owner is { Process.IsDead: false }) return;
        if (Owner is null && HasLeft(accepted)) return; // it has not given the table away: the offer is an earlier manager's
        surroundings.KeepDeparture(new Departure(accepted, TransferReason.OwnerDied, Owner?.ToPrevious() ?? new PreviousOwner(0, null), GiftData: null));
    }

    /// <summary>
    /// A release is kept before the table is offered, where the offer could be taken for the last owner's own: that one's death would have the heir inherit.
    /// </summary>
    private void KeepRelease(Ownership unowned)
    {
        if (surroundings.Definition.Standing.Heir is null || unowned.Epoch != file.AcceptedEpoch || HasLeft(unowned.Epoch)) return;
        surroundings.KeepDeparture(new Departure(unowned.Epoch, TransferReason.Released, _from ?? new PreviousOwner(0, null), GiftData: null));
    }

    private bool HasLeft(uint epoch) => surroundings.Definition.Standing.Departure is { } departure && departure.Epoch == epoch;

    /// <summary>What a manager that has just come can tell of the owner before.</summary>
    private void Recall(Ownership word)
    {
        if (surroundings.Definition.Standing.Departure is not { } departure || departure.Epoch < file.AcceptedEpoch || departure.Epoch > word.Epoch)
        {
            _reason = word.Epoch == 0 ? TransferReason.Created : TransferReason.ManagerRecovered;
            return;
        }
        var isDeath = departure.Reason == TransferReason.OwnerDied;
        (_reason, _from, _gift) = (isDeath ? TransferReason.ManagerRecovered : departure.Reason, departure.From, departure.GiftData);
        if (isDeath && surroundings.Definition.Standing.Heir is not null) _inheritBy = Now + policy.HeirPatience;
    }
}
