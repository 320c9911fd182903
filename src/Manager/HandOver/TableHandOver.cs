using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>
/// Takes one table from owner to owner. It looks at the word in the table's file and does what comes next, as often as it is asked to: an
/// event only says that it is time to look. So nothing is lost with a notification, and a manager that starts goes on where another was killed.
/// </summary>
/// <remarks>Threads: one at a time. Blocking: only in recovering a dead process's journals. Failure: those of the table's file.</remarks>
internal sealed partial class TableHandOver(IOwnedFile file, ClaimQueue claims, HandOverPolicy policy, IHandOverSurroundings surroundings, TimeProvider time)
{
    /// <summary>
    /// How often an owner is looked at whose process is out of the manager's sight: in another PID namespace, perhaps. So is one that is in sight and that this
    /// manager has found and not heard: without a connection it cannot say that it releases the table.
    /// </summary>
    private static readonly TimeSpan UnseenOwnerPause = TimeSpan.FromSeconds(1);

    /// <summary>When it is tidied up behind the dead if nothing else calls for a look before.</summary>
    private static readonly TimeSpan TidyPause = TimeSpan.FromMilliseconds(10);

    private ArrivalDeaths _arrivalDeaths = new(policy);
    private OutstandingOffer? _offer;
    private TransferReason? _reason;
    private PreviousOwner? _from;
    private ReadOnlyMemory<byte>? _gift;
    private int? _exitStatus;
    private bool _diedUnseen;
    private bool _hasDead;
    private int _lockAttempts;
    private TimeSpan _lockAwaitedSince;
    private int _turnsAwaited;

    /// <summary>The owner as this manager knows it; the word may say otherwise until the next look.</summary>
    public TableOwner? Owner
    {
        get;
        private set
        {
            field?.Process?.CountOwned(-1);
            value?.Process?.CountOwned(1);
            field = value;
        }
    }

    /// <summary>Whether the word has the owner that this manager knows; one that is offered or recovered is on its way anyhow.</summary>
    public bool KnowsOwner => file.Ownership switch
    {
        { State: OwnershipState.Owned } owned => Owner?.Epoch == owned.Epoch,
        { State: OwnershipState.Unowned } => Owner is null,
        _ => true,
    };

    /// <summary>Whether a dead owner keeps the table, by a lock that the kernel is about to drop, and what is behind it is to wait for that.</summary>
    public bool AwaitsLock => _lockAttempts > 0 && Now - _lockAwaitedSince < policy.OrderPatience;

    /// <summary>The time on the clock that queues and offers go by.</summary>
    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Goes on where another hand-over of the same table has stopped: it has another name now, or its file was opened anew.</summary>
    public void Continue(TableHandOver before, string why)
    {
        var owner = before.Owner;
        before.Close(why);
        (Owner, _reason, _from, _gift, _exitStatus) = (owner, before._reason, before._from, before._gift, before._exitStatus);
        (_inheritBy, _diedUnseen, _giver, _arrivalDeaths) = (before._inheritBy, before._diedUnseen, before._giver, before._arrivalDeaths);
        _hasDead = true;
    }

    /// <summary>Whether the process has the table, or is about to. Threads: any; the offer first, which goes when the owner is there: see <see cref="Accept"/>.</summary>
    public bool IsWith(IOwnerProcess process) =>
        ReferenceEquals(Volatile.Read(ref _offer)?.Claim.Claimant.Process, process) || ReferenceEquals(Owner?.Process, process);

    /// <summary>
    /// The table is offered to nobody until <see cref="TakeTurn"/>: others go before it. Threads: any; said before what the offer would be made for can be seen.
    /// </summary>
    public void AwaitTurn() => Interlocked.Increment(ref _turnsAwaited);

    /// <summary>The table is next, unless it stands in another line as well.</summary>
    public void TakeTurn() => Interlocked.Decrement(ref _turnsAwaited);

    /// <summary>A worker has left the queue: its offer is taken back if it has not accepted it.</summary>
    public void Cancel(IClaimant claimant, string why)
    {
        if (_offer is { } offer && ReferenceEquals(offer.Claim.Claimant, claimant)) offer.Cancelled = why;
    }

    /// <summary>A worker cannot accept an offer; it may claim the table again, but is held back as one that let an offer pass.</summary>
    public void Decline(IClaimant claimant, uint epoch, string why)
    {
        if (_offer is not { } offer || offer.Epoch != epoch || !ReferenceEquals(offer.Claim.Claimant, claimant)) return;
        NoteFailure(offer.Claim, Now);
        claims.Suspend(offer.Claim);
        offer.Cancelled = why;
    }

    /// <summary>A worker that came back says that it owns the table; now it is known whose death to expect.</summary>
    public void Bind(IClaimant claimant, uint epoch)
    {
        var word = file.Ownership;
        var hasOffered = word.State == OwnershipState.Offered && word.Epoch == epoch + 1 && _offer is null; // and will say to whom
        if (!hasOffered && (word.State != OwnershipState.Owned || word.Epoch != epoch)) return;
        if (Owner is { Process: { } process } known && known.Epoch == epoch)
        {
            if (process.ProcessId == claimant.Process.ProcessId) Owner = known with { Role = claimant.Role };
            return;
        }
        Owner = new TableOwner(epoch, claimant.Process, claimant.Process.ProcessId, claimant.Role, AcceptedAt: null);
        surroundings.Owned(Owner);
    }

    /// <summary>A process has died that may have written here, whether it owned the table or not.</summary>
    public void NoteDeath() => _hasDead = true;

    /// <summary>Does what there is to do and tells when to look again at the latest, or null if only an event can change anything.</summary>
    /// <param name="tidies">Whether it also tidies up behind the dead. That may take longer than all else, and has time until the next owner works.</param>
    public TimeSpan? Look(bool tidies = true)
    {
        var wait = Advance();
        if (!_hasDead) return wait;
        if (!tidies) return Shorter(wait, TidyPause);
        return TryTidy() ? wait : Shorter(wait, UnseenOwnerPause);
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
        if (Owner is { } owner) NoteRelease(owner);
        if (_reason is null) Recall(word);

        var now = Now;
        if (HeldBackUntil(now) is { } pause) return pause;
        if (Inherit(now, out var wakeAt) is { } heir) return OfferTo(heir, word, now, isInheritance: true);
        if (wakeAt < TimeSpan.MaxValue) return wakeAt;
        return Choose(now, out wakeAt) is { } claim ? OfferTo(claim, word, now, isInheritance: false) : wakeAt;
    }

    private TimeSpan? OfferTo(Claim claim, Ownership word, TimeSpan now, bool isInheritance)
    {
        if (Volatile.Read(ref _turnsAwaited) > 0) return TimeSpan.MaxValue;
        KeepRelease(word);
        if (!file.TryOffer(word, out var offered)) return null;
        var offer = isInheritance
            ? new Offer(offered.Epoch, TransferReason.Inherited, _from, surroundings.Definition.Standing.Heir?.GiftData, _exitStatus)
            : new Offer(offered.Epoch, _reason!.Value, _from, _gift, _exitStatus);
        surroundings.Offer(claim.Claimant, in offer);
        _offer = new OutstandingOffer(claim, offered.Epoch, now, now + policy.OfferTimeout) { IsInheritance = isInheritance };
        return _offer.Deadline;
    }

    private TimeSpan? AwaitAcceptance(Ownership word)
    {
        if (_offer is { } accepted && accepted.Epoch + 1 == word.Epoch) Accept(accepted); // and given away again already
        if (_offer is not { } offer || offer.Epoch != word.Epoch)
        {
            if (AwaitGiver(word) is { } until) return until;
            // Its owner's, who is dead, or an earlier manager's: who got it is unknown. Whoever it was, either accepts before this or has no table.
            _offer = null;
            KeepGiversDeath(word);
            if (file.TryWithdraw(word)) OnWithdrawn(null, word, "an earlier manager made it");
            return null;
        }
        var now = Now;
        if (offer.ReasonToWithdraw(now) is not { } why) return offer.Deadline;
        if (offer.Ended is not null && Owner is { Process.IsDead: false }) return Refuse(offer, why);
        if (offer.Ended is not null) KeepGiversDeath(word);
        if (!file.TryWithdraw(word)) return null;
        _offer = null;
        offer.Ended?.Invoke(new TransferRejectedException("The giver is dead."));
        if (offer.IsInheritance) _inheritBy = null;
        if (offer.Claim.Claimant.Process.IsDead) NoteArrivalDeath(offer.MadeAt);
        else if (offer.Cancelled is null) NoteFailure(offer.Claim, now);
        OnWithdrawn(offer.Claim.Claimant, word, why);
        return null;
    }

    private void OnWithdrawn(IClaimant? claimant, Ownership word, string why)
    {
        surroundings.Withdrawn(claimant, word.Epoch, why);
        if (Owner is { Process: not { IsDead: false } } giver) NoteDeath(giver); // it had made the offer itself
    }

    private TimeSpan? WatchOwner(Ownership word)
    {
        if (_offer is { } offer && offer.Epoch == word.Epoch) Accept(offer);
        else if (_giver is { } giver && giver.Epoch + 2 == word.Epoch) Owner = giver with { Epoch = word.Epoch }; // it has taken the table back
        else if (Owner?.Epoch != word.Epoch) Adopt(word);
        _giver = null;

        if (Owner!.Process is { IsDead: false }) return Owner.Role is null ? Now + UnseenOwnerPause : TimeSpan.MaxValue;
        if (file.TryBeginRecovery(word)) return null;
        if (file.Ownership != word) return null;
        if (Owner.Process is null) return Now + UnseenOwnerPause;

        // The kernel reports the death of a process before, and drops its locks when, the last of its memory is gone.
        surroundings.AwaitsLock(Owner, _lockAttempts);
        return AskForLockAgain();
    }

    private TimeSpan? Recover(Ownership word)
    {
        if (Owner?.Epoch != word.Epoch) Adopt(word);
        var start = time.GetTimestamp();
        var settled = file.DecideDead();
        _hasDead = true;
        KeepDeath(word);
        if (!file.TryFinishRecovery(word))
        {
            if (file.Ownership != word) return null;
            return AskForLockAgain();
        }
        surroundings.Recovered(Owner, word.Epoch, settled, time.GetElapsedTime(start));
        NoteDeath(Owner);
        return null;
    }

    private TimeSpan AskForLockAgain()
    {
        var now = Now;
        if (_lockAttempts == 0) _lockAwaitedSince = now;
        return now + policy.LockPause(_lockAttempts++);
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
        NoteDeparture(Owner);
        Owner = new TableOwner(offer.Epoch, claimant.Process, claimant.Process.ProcessId, claimant.Role, Now);
        Volatile.Write(ref _offer, null);
        (_gift, _inheritBy, _rule) = (null, null, null);
        claims.Forget(claimant);
        surroundings.Owned(Owner);
        offer.Ended?.Invoke(null);
    }

    /// <summary>Finds out about an owner that another manager chose.</summary>
    private void Adopt(Ownership word)
    {
        var slot = file.Participants().FirstOrDefault(participant => participant.Slot == word.Slot, new ParticipantInfo(-1, 0, 0, 0, false));
        var isAlive = file.IsOwnerAlive;
        NoteDeparture(Owner);
        Owner = new TableOwner(word.Epoch, isAlive ? surroundings.Watch(slot) : null, slot.ProcessId, Role: null, AcceptedAt: null);
        _diedUnseen = !isAlive;
        if (isAlive) surroundings.Owned(Owner);
        else surroundings.FoundDead(Owner);
    }

    private void NoteFailure(Claim claim, TimeSpan now)
    {
        var limits = surroundings.Arrivals;
        if (claim.Fail(now, policy, limits)) surroundings.QuarantinedWorker(claim.Claimant, limits.QuarantineTime);
    }

    /// <summary>An owner has left the table alive: it has released it, or given it away to one that has it now.</summary>
    private void NoteDeparture(TableOwner? owner)
    {
        if (owner?.AcceptedAt is { } acceptedAt) _arrivalDeaths.NoteDeparture(acceptedAt, Now, surroundings.Arrivals);
    }

    private void NoteArrivalDeath(TimeSpan acceptedAt)
    {
        var now = Now;
        var limits = surroundings.Arrivals;
        if (_arrivalDeaths.Note(acceptedAt, now, limits)) surroundings.HeldBack(_arrivalDeaths.NotBefore - now);
        if (_arrivalDeaths.InARow < limits.QuarantineAfter) return;
        _arrivalDeaths.Forget();
        surroundings.Quarantine(limits.QuarantineTime);
    }
}
