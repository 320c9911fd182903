using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

public sealed class GiveAwayTests
{
    private static readonly HandOverPolicy Policy = HandOverPolicy.Default;
    private static readonly byte[] Gift = [1, 2];
    private readonly FakeTable _table = new();
    private readonly ClaimQueue _claims = new();
    private readonly RecordingSurroundings _surroundings = new();
    private readonly ManualTime _time = new();
    private readonly TableHandOver _handOver;
    private readonly FakeWorker _giver = new(1);
    private readonly FakeWorker _successor = new(2, "shipping");
    private readonly List<EtsException?> _ended = [];

    public GiveAwayTests()
    {
        _handOver = new TableHandOver(_table, _claims, Policy, _surroundings, _time);
        _claims.Add(_giver, default);
        _handOver.Look();
        _table.Accept(_giver.LastOffer.Epoch, slot: 3);
        _handOver.Look();
    }

    [Fact]
    public void The_successor_is_told_whose_table_it_gets_and_the_giver_when_it_has_it()
    {
        var epoch = GiveAway();
        var offer = Assert.Single(_successor.Offers);
        Assert.Equal((2U, TransferReason.GivenAway, new PreviousOwner(1, "billing")), (offer.Epoch, offer.Reason, offer.From));
        Assert.Equal(Gift, offer.GiftData!.Value.ToArray());
        Assert.Empty(_ended);
        _table.Accept(epoch, slot: 4);
        Assert.Null(_handOver.Look());
        Assert.Null(Assert.Single(_ended));
        Assert.Equal(_successor, _handOver.Owner!.Process);
        Assert.Equal((0, 1), (_giver.OwnedTables, _successor.OwnedTables));
    }

    [Fact]
    public void A_living_owners_offer_is_left_alone_until_it_says_to_whom_it_is()
    {
        _table.GiveAway();
        Assert.Equal(Policy.OfferTimeout * 2, _handOver.Look());
        Assert.Equal(OwnershipState.Offered, _table.Ownership.State);
        _table.TakeBack(slot: 3);
        _surroundings.Visible[103] = _giver;
        Assert.Null(_handOver.Look());
        Assert.Equal(_giver, _handOver.Owner!.Process);
    }

    [Fact]
    public void An_owner_that_stops_between_its_offer_and_saying_to_whom_loses_the_table_it_let_go_of()
    {
        var next = new FakeWorker(5);
        _claims.Add(next, default);
        _table.GiveAway();
        _handOver.Look();
        _time.Advance(Policy.OfferTimeout * 2);
        _handOver.Look();
        Assert.Equal(new Offer(3, TransferReason.Released, new PreviousOwner(1, "billing")), Assert.Single(next.Offers));
        Assert.Throws<NotOwnerException>(() => _handOver.GiveAway(_giver, _successor, 2, Gift, _ended.Add));
    }

    [Fact]
    public void An_owner_that_takes_back_and_offers_again_at_once_is_still_known()
    {
        _table.GiveAway();
        _table.TakeBack(slot: 3);
        var epoch = _table.GiveAway();
        _handOver.Look();
        _handOver.Bind(_giver, epoch - 1);
        _handOver.GiveAway(_giver, _successor, epoch, Gift, _ended.Add);
        Assert.Equal(epoch, Assert.Single(_successor.Offers).Epoch);
    }

    [Fact]
    public void A_successor_that_lets_the_offer_pass_leaves_the_table_to_be_taken_back()
    {
        GiveAway();
        _time.Advance(Policy.OfferTimeout);
        Assert.NotNull(_handOver.Look());
        Assert.IsType<TransferRejectedException>(Assert.Single(_ended));
        Assert.Equal(OwnershipState.Offered, _table.Ownership.State);
        _table.TakeBack(slot: 3);
        Assert.Null(_handOver.Look());
        Assert.Equal((3U, _giver), (_handOver.Owner!.Epoch, _handOver.Owner.Process));
        Assert.Equal("billing", _handOver.Owner.Role);
    }

    [Fact]
    public void A_successor_that_is_quicker_than_the_refusal_owns_the_table()
    {
        var epoch = GiveAway();
        _time.Advance(Policy.OfferTimeout);
        _handOver.Look();
        _table.Accept(epoch, slot: 4);
        _surroundings.Visible[104] = _successor;
        Assert.Null(_handOver.Look());
        Assert.Equal(_successor, _handOver.Owner!.Process);
    }

    [Fact]
    public void A_giver_that_dies_before_it_says_to_whom_leaves_the_table_to_the_next_worker()
    {
        var next = new FakeWorker(5);
        _claims.Add(next, default);
        _table.GiveAway();
        _handOver.Look();
        Kill(_giver, slot: 3);
        _handOver.Look();
        Assert.Equal(new Offer(3, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(next.Offers));
    }

    [Fact]
    public void A_successor_that_dies_after_it_has_accepted_is_recovered_from()
    {
        var next = new FakeWorker(5);
        var epoch = GiveAway();
        _table.Accept(epoch, slot: 4);
        Kill(_successor, slot: 4);
        _claims.Add(next, default);
        _handOver.Look();
        Assert.Null(Assert.Single(_ended));
        Assert.Equal(new Offer(3, TransferReason.OwnerDied, new PreviousOwner(2, "shipping")), Assert.Single(next.Offers));
    }

    [Fact]
    public void Nobody_gives_away_what_it_does_not_own_nor_to_the_dead_nor_to_itself()
    {
        Assert.Throws<NotOwnerException>(() => _handOver.GiveAway(_giver, _successor, 2, Gift, _ended.Add));
        var epoch = _table.GiveAway();
        Assert.Throws<NotOwnerException>(() => _handOver.GiveAway(_successor, _giver, epoch, Gift, _ended.Add));
        Assert.Throws<NotOwnerException>(() => _handOver.GiveAway(_giver, _successor, epoch + 1, Gift, _ended.Add));
        Assert.Throws<TransferRejectedException>(() => _handOver.GiveAway(_giver, _giver, epoch, Gift, _ended.Add));
        _successor.IsDead = true;
        Assert.Throws<TransferRejectedException>(() => _handOver.GiveAway(_giver, _successor, epoch, Gift, _ended.Add));
        Assert.Empty(_successor.Offers);
        Assert.Empty(_ended);
    }

    [Fact]
    public void An_heir_gets_the_table_before_anybody_who_waits_for_it()
    {
        var waiting = new FakeWorker(5);
        _claims.Add(waiting, default);
        SetHeir(_successor);
        Kill(_giver, slot: 3);
        _handOver.Look();
        var offer = Assert.Single(_successor.Offers);
        Assert.Equal((TransferReason.Inherited, new PreviousOwner(1, "billing")), (offer.Reason, offer.From));
        Assert.Equal(Gift, offer.GiftData!.Value.ToArray());
        Assert.Empty(waiting.Offers);
        Assert.Contains("kept OwnerDied 1", _surroundings.Seen);
        _table.Accept(offer.Epoch, slot: 4);
        _handOver.Look();
        Kill(_successor, slot: 4); // its own heir now, and dead
        _handOver.Look();
        Assert.Equal(TransferReason.OwnerDied, Assert.Single(waiting.Offers).Reason);
    }

    [Fact]
    public void A_dead_heir_is_passed_over()
    {
        var waiting = new FakeWorker(5);
        _claims.Add(waiting, default);
        SetHeir(_successor);
        _successor.IsDead = true;
        Kill(_giver, slot: 3);
        _handOver.Look();
        Assert.Equal(new Offer(2, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(waiting.Offers));
    }

    [Fact]
    public void An_heir_that_lives_but_is_not_connected_is_waited_for_and_no_longer_than_its_time()
    {
        var waiting = new FakeWorker(5);
        _claims.Add(waiting, default);
        SetHeir(null);
        _surroundings.MayHeirCome = true;
        Kill(_giver, slot: 3);
        Assert.Equal(Policy.HeirPatience, _handOver.Look());
        Assert.True(_handOver.AwaitsHeir);
        Assert.Empty(waiting.Offers);
        _time.Advance(Policy.HeirPatience);
        _handOver.Look();
        Assert.Single(waiting.Offers);
        Assert.False(_handOver.AwaitsHeir);
    }

    [Fact]
    public void An_heir_that_does_not_accept_is_passed_over()
    {
        var waiting = new FakeWorker(5);
        _claims.Add(waiting, default);
        SetHeir(_successor);
        Kill(_giver, slot: 3);
        _handOver.Look();
        _time.Advance(Policy.OfferTimeout);
        _handOver.Look();
        Assert.Equal(new Offer(3, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(waiting.Offers));
    }

    [Fact]
    public void What_an_owner_leaves_travels_with_the_transfer_that_follows_its_release_and_no_other()
    {
        var (first, second) = (new FakeWorker(5), new FakeWorker(6));
        _claims.Add(first, default);
        Leave(epoch: 1);
        _table.Release();
        _handOver.Look();
        Assert.Equal(Gift, first.LastOffer.GiftData!.Value.ToArray());
        _table.Accept(first.LastOffer.Epoch, slot: 4);
        _handOver.Look();
        _claims.Add(second, default);
        _table.Release();
        _handOver.Look();
        Assert.Equal(new Offer(3, TransferReason.Released, new PreviousOwner(5, "billing")), second.LastOffer);
    }

    [Fact]
    public void What_an_owner_leaves_is_forgotten_if_it_dies_before_it_releases()
    {
        var next = new FakeWorker(5);
        _claims.Add(next, default);
        Leave(epoch: 1);
        Kill(_giver, slot: 3);
        _handOver.Look();
        Assert.Contains("forgot the departure", _surroundings.Seen);
        Assert.Equal(new Offer(2, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(next.Offers));
    }

    [Fact]
    public void A_manager_that_comes_later_tells_how_the_owner_left()
    {
        var next = new FakeWorker(5);
        Leave(epoch: 1);
        _table.Release();
        var later = new TableHandOver(_table, _claims, Policy, _surroundings, _time);
        _claims.Add(next, default);
        later.Look();
        Assert.Equal((TransferReason.Released, new PreviousOwner(1, "billing")), (next.LastOffer.Reason, next.LastOffer.From));
        Assert.Equal(Gift, next.LastOffer.GiftData!.Value.ToArray());
    }

    [Fact]
    public void A_manager_that_comes_after_a_settled_death_has_the_heir_inherit()
    {
        SetHeir(_successor);
        _surroundings.KeepDeparture(new Departure(1, TransferReason.OwnerDied, new PreviousOwner(1, "billing"), null));
        _table.Release();
        var later = new TableHandOver(_table, _claims, Policy, _surroundings, _time);
        later.Look();
        Assert.Equal(TransferReason.Inherited, Assert.Single(_successor.Offers).Reason);
    }

    private uint GiveAway()
    {
        var epoch = _table.GiveAway();
        _handOver.GiveAway(_giver, _successor, epoch, Gift, _ended.Add);
        _handOver.Look();
        return epoch;
    }

    private void Kill(FakeWorker owner, int slot)
    {
        owner.IsDead = true;
        _table.Alive.Remove(slot);
    }

    private void SetHeir(FakeWorker? heir)
    {
        _surroundings.Heir = heir;
        Keep(new TableStanding { Heir = new Heir(new ProcessIdentity(2, 1), 0, Gift) });
    }

    private void Leave(uint epoch) =>
        Keep(new TableStanding { Departure = new Departure(epoch, TransferReason.Released, new PreviousOwner(1, "billing"), Gift) });

    private void Keep(TableStanding standing) => _surroundings.Definition = _surroundings.Definition with { Standing = standing };
}
