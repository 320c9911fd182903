using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.HandOver;

/// <content>
/// A give-away. The owner has closed its gate and made the offer in the table's file, e → e + 1; the manager only tells the successor, and the owner
/// what became of it. A refusal leaves the word alone: the owner takes the table back itself, e + 1 → e + 2, unless the successor is quicker. A giver
/// that dies meanwhile leaves an offer to be withdrawn, like any other but that its heir inherits: its death is kept before.
/// </content>
internal sealed partial class TableHandOver
{
    private TableOwner? _giver;
    private (uint Epoch, TimeSpan Until) _unclaimed;

    /// <summary>Tells a worker that the owner gives it the table.</summary>
    /// <param name="giver">Who asks.</param>
    /// <param name="successor">Whom the table is for.</param>
    /// <param name="epoch">The epoch of the owner's offer.</param>
    /// <param name="giftData">What travels with it; null for the table's own gift.</param>
    /// <param name="ended">Told once what became of it.</param>
    /// <exception cref="NotOwnerException">The giver has made no such offer.</exception>
    /// <exception cref="TransferRejectedException">The successor is the giver itself, or dead.</exception>
    public void GiveAway(IClaimant giver, IClaimant successor, uint epoch, ReadOnlyMemory<byte>? giftData, Action<EtsException?> ended)
    {
        var word = file.Ownership;
        if (_offer is { } accepted && accepted.Epoch + 1 == epoch) Accept(accepted);
        if (word != new Ownership(epoch, OwnershipState.Offered, -1) || !IsOwnersOffer(word) || !ReferenceEquals(Owner!.Process, giver.Process))
            throw new NotOwnerException($"The worker has not offered the table under epoch {epoch}; it is {word.State} under epoch {word.Epoch}.");
        _giver = Owner; // from here on it may have taken the table back
        if (ReferenceEquals(successor, giver)) throw new TransferRejectedException("The successor is the owner itself.");
        if (successor.Process.IsDead) throw new TransferRejectedException($"Process {successor.Process.ProcessId} is dead.");
        if (HasLeft(Owner.Epoch)) surroundings.KeepDeparture(null); // for a release that never came
        var offer = new Offer(epoch, TransferReason.GivenAway, Owner.ToPrevious(), giftData);
        surroundings.Offer(successor, in offer);
        var now = Now;
        _offer = new OutstandingOffer(claims.Find(successor) ?? new Claim(successor), epoch, now, now + policy.OfferTimeout) { Ended = ended };
    }

    private bool IsOwnersOffer(Ownership word) => Owner is { Process.IsDead: false } owner && owner.Epoch + 1 == word.Epoch;

    /// <summary>
    /// An offer that this manager has not made, of a table whose owner lives: the owner's. It says to whom it is, or takes it back, unless it is stopped
    /// just there; having closed its gate, it is not robbed of anything when the offer is withdrawn after a time.
    /// </summary>
    private TimeSpan? AwaitGiver(Ownership word)
    {
        if (Owner is not { Process.IsDead: false }) return null;
        var now = Now;
        if (_unclaimed.Epoch != word.Epoch) _unclaimed = (word.Epoch, now + (policy.OfferTimeout * 2));
        return now < _unclaimed.Until ? _unclaimed.Until : null;
    }

    private TimeSpan? Refuse(OutstandingOffer offer, string why)
    {
        _offer = null;
        surroundings.Withdrawn(offer.Claim.Claimant, offer.Epoch, why);
        offer.Ended!(new TransferRejectedException($"Process {offer.Claim.Claimant.Process.ProcessId} did not take the table: {why}."));
        return AwaitGiver(file.Ownership) ?? Now;
    }
}
