using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>
/// Takes one table from owner to owner. It looks at the word in the table's file and does what comes next, as often as it is asked to: an
/// event only says that it is time to look. So nothing is lost with a notification, and a manager that starts goes on where another was killed.
/// </summary>
/// <remarks>Threads: one at a time. Blocking: only in recovering a dead process's journals. Failure: those of the table's file.</remarks>
internal sealed class TableHandOver(IOwnedFile file, ClaimQueue claims, HandOverPolicy policy, IHandOverSurroundings surroundings, TimeProvider time)
{
    /// <summary>How often the kernel is asked about an owner whose process is out of the manager's sight: in another PID namespace, perhaps.</summary>
    private static readonly TimeSpan UnseenOwnerPause = TimeSpan.FromSeconds(1);

    private readonly ArrivalDeaths _arrivalDeaths = new(policy);
    private OutstandingOffer? _offer;
    private TransferReason? _reason;
    private PreviousOwner? _from;
    private bool _diedUnseen;
    private bool _hasDead;
    private int _lockAttempts;

    /// <summary>The owner as this manager knows it; the word may say otherwise until the next look.</summary>
    public TableOwner? Owner { get; private set; }

    /// <summary>The time on the clock that queues and offers go by.</summary>
    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>A worker has left the queue: its offer is taken back if it has not accepted it.</summary>
    public void Cancel(IClaimant claimant, string why)
    {
        if (_offer is { } offer && ReferenceEquals(offer.Claim.Claimant, claimant)) offer.Cancelled = why;
    }

    /// <summary>A worker cannot accept an offer; it may claim the table again, but is held back as one that let an offer pass.</summary>
    public void Decline(IClaimant claimant, uint epoch, string why)
    {
        if (_offer is not { } offer || offer.Epoch != epoch || !ReferenceEquals(offer.Claim.Claimant, claimant)) return;
        offer.Claim.Fail(Now, policy);
        claims.Suspend(offer.Claim);
        offer.Cancelled = why;
    }

    /// <summary>A worker that came back says that it owns the table; now it is known whose death to expect.</summary>
    public void Bind(IClaimant claimant, uint epoch)
    {
        var word = file.Ownership;
        if (word.State != OwnershipState.Owned || word.Epoch != epoch) return;
        if (Owner is { Process: { } process } known)
        {
            if (known.Epoch == epoch && process.ProcessId == claimant.Process.ProcessId) Owner = known with { Role = claimant.Role };
            return;
        }
        Owner = new TableOwner(epoch, claimant.Process, claimant.Process.ProcessId, claimant.Role, AcceptedAt: null);
        surroundings.Owned(Owner);
    }

    /// <summary>A process has died that may have written here, whether it owned the table or not.</summary>
    public void NoteDeath() => _hasDead = true;

    /// <summary>Does what there is to do and tells when to look again at the latest, or null if only an event can change anything.</summary>
    public TimeSpan? Look()
    {
        var wait = Advance();
        return _hasDead && !TryTidy() ? Shorter(wait, UnseenOwnerPause) : wait;
    }

    private TimeSpan? Advance()
    {
        while (true)
        {
            var word = file.Ownership;
            var wait = word.State switch
            {
                OwnershipState.Unowned => OfferNext(word),
                OwnershipState.Offered => AwaitAcceptance(word),
                OwnershipState.Owned => WatchOwner(word),
                _ => Recover(word),
            };
            if (wait is { } until) return until == TimeSpan.MaxValue ? null : TimeSpan.FromTicks(Math.Max(0, (until - Now).Ticks));
        }
    }

    // Each of the four returns when to look again, or null if the word has moved and must be read again at once.

    private TimeSpan? OfferNext(Ownership word)
    {
        if (_offer is { } taken && taken.Epoch == word.Epoch) Accept(taken);
        if (Owner is { } owner)
        {
            // Only an owner itself goes from Owned to Unowned.
            (_reason, _from, Owner) = (TransferReason.Released, owner.ToPrevious(), null);
            surroundings.Released(owner);
        }
        _reason ??= word.Epoch == 0 ? TransferReason.Created : TransferReason.ManagerRecovered;

        var now = Now;
        if (_arrivalDeaths.NotBefore > now) return _arrivalDeaths.NotBefore;
        if (claims.Next(now, out var wakeAt) is not { } claim) return wakeAt;
        if (!file.TryOffer(word, out var offered)) return null;
        var offer = new Offer(offered.Epoch, _reason.Value, _from);
        surroundings.Offer(claim.Claimant, in offer);
        _offer = new OutstandingOffer(claim, offered.Epoch, now, now + policy.OfferTimeout);
        return _offer.Deadline;
    }

    private TimeSpan? AwaitAcceptance(Ownership word)
    {
        if (_offer is not { } offer || offer.Epoch != word.Epoch)
        {
            // An earlier manager's offer: who got it is unknown. Whoever it was, either accepts before this or has no table.
            _offer = null;
            if (file.TryWithdraw(word)) surroundings.Withdrawn(null, word.Epoch, "an earlier manager made it");
            return null;
        }
        var now = Now;
        if (offer.ReasonToWithdraw(now) is not { } why) return offer.Deadline;
        if (!file.TryWithdraw(word)) return null;
        _offer = null;
        if (offer.Claim.Claimant.Process.IsDead) NoteArrivalDeath(offer.MadeAt);
        else if (offer.Cancelled is null) offer.Claim.Fail(now, policy);
        surroundings.Withdrawn(offer.Claim.Claimant, word.Epoch, why);
        return null;
    }

    private TimeSpan? WatchOwner(Ownership word)
    {
        if (_offer is { } offer && offer.Epoch == word.Epoch) Accept(offer);
        else if (Owner?.Epoch != word.Epoch) Adopt(word);

        if (Owner!.Process is { IsDead: false }) return TimeSpan.MaxValue;
        if (file.TryBeginRecovery(word)) return null;
        if (file.Ownership != word) return null;
        if (Owner.Process is null) return Now + UnseenOwnerPause;

        // The kernel reports the death of a process before, and drops its locks when, the last of its memory is gone.
        surroundings.AwaitsLock(Owner, _lockAttempts);
        return Now + policy.LockPause(_lockAttempts++);
    }

    private TimeSpan? Recover(Ownership word)
    {
        if (Owner?.Epoch != word.Epoch) Adopt(word);
        var start = time.GetTimestamp();
        var settled = file.DecideDead();
        _hasDead = true;
        if (!file.TryFinishRecovery(word))
        {
            if (file.Ownership != word) return null;
            return Now + policy.LockPause(_lockAttempts++);
        }
        surroundings.Recovered(Owner, word.Epoch, settled, time.GetElapsedTime(start));
        (_reason, _from) = (_diedUnseen ? TransferReason.ManagerRecovered : TransferReason.OwnerDied, Owner?.ToPrevious());
        if (Owner?.AcceptedAt is { } acceptedAt) NoteArrivalDeath(acceptedAt);
        (Owner, _diedUnseen, _lockAttempts) = (null, false, 0);
        return null;
    }

    /// <summary>What is left of dead writers is tidied up once the table is on its way to the next owner, which it concerns only where it meets it.</summary>
    private bool TryTidy()
    {
        try
        {
            file.RecoverDead();
            _hasDead = false;
            return true;
        }
        catch (TableBusyException)
        {
            return false;
        }
    }

    private static TimeSpan Shorter(TimeSpan? wait, TimeSpan pause) => wait is { } known && known < pause ? known : pause;

    private void Accept(OutstandingOffer offer)
    {
        var claimant = offer.Claim.Claimant;
        _offer = null;
        claims.Forget(claimant);
        Owner = new TableOwner(offer.Epoch, claimant.Process, claimant.Process.ProcessId, claimant.Role, Now);
        surroundings.Owned(Owner);
    }

    /// <summary>Finds out about an owner that another manager chose.</summary>
    private void Adopt(Ownership word)
    {
        var slot = file.Participants().FirstOrDefault(participant => participant.Slot == word.Slot, new ParticipantInfo(-1, 0, 0, 0, false));
        var isAlive = file.IsOwnerAlive;
        Owner = new TableOwner(word.Epoch, isAlive ? surroundings.Watch(slot) : null, slot.ProcessId, Role: null, AcceptedAt: null);
        _diedUnseen = !isAlive;
        if (isAlive) surroundings.Owned(Owner);
        else surroundings.FoundDead(Owner);
    }

    private void NoteArrivalDeath(TimeSpan acceptedAt)
    {
        var now = Now;
        if (_arrivalDeaths.Note(acceptedAt, now)) surroundings.HeldBack(_arrivalDeaths.NotBefore - now);
    }
}
