using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

public sealed class GiveAwayTests : HandOverGround
{
    private static readonly byte[] Gift = [1, 2];
    private readonly FakeWorker _giver = new(1);
    private readonly FakeWorker _successor = new(2, "shipping");
    private readonly List<EtsException?> _ended = [];

    public GiveAwayTests()
    {
        Claims.Add(_giver, default);
        HandOver.Look();
        Table.Accept(_giver.LastOffer.Epoch, slot: 3);
        HandOver.Look();
    }

    [Fact]
    public void The_successor_is_told_whose_table_it_gets_and_the_giver_when_it_has_it()
    {
        var epoch = GiveAway();
        var offer = Assert.Single(_successor.Offers);
        Assert.Equal((2U, TransferReason.GivenAway, new PreviousOwner(1, "billing")), (offer.Epoch, offer.Reason, offer.From));
        Assert.Equal(Gift, offer.GiftData!.Value.ToArray());
        Assert.Empty(_ended);
        Table.Accept(epoch, slot: 4);
        Assert.Null(HandOver.Look());
        Assert.Null(Assert.Single(_ended));
        Assert.Equal(_successor, HandOver.Owner!.Process);
        Assert.Equal((0, 1), (_giver.OwnedTables, _successor.OwnedTables));
    }

    [Fact]
    public void A_living_owners_offer_is_left_alone_until_it_says_to_whom_it_is()
    {
        Table.GiveAway();
        Assert.Equal(Policy.OfferTimeout * 2, HandOver.Look());
        Assert.Equal(OwnershipState.Offered, Table.Ownership.State);
        Table.TakeBack(slot: 3);
        Surroundings.Visible[103] = _giver;
        HandOver.Look();
        Assert.Equal(_giver, HandOver.Owner!.Process);
    }

    [Fact]
    public void An_owner_that_stops_between_its_offer_and_saying_to_whom_loses_the_table_it_let_go_of()
    {
        var next = new FakeWorker(5);
        Claims.Add(next, default);
        Table.GiveAway();
        HandOver.Look();
        Time.Advance(Policy.OfferTimeout * 2);
        HandOver.Look();
        Assert.Equal(new Offer(3, TransferReason.Released, new PreviousOwner(1, "billing")), Assert.Single(next.Offers));
        Assert.Throws<NotOwnerException>(() => HandOver.GiveAway(_giver, _successor, 2, Gift, _ended.Add));
    }

    [Fact]
    public void An_owner_that_takes_back_and_offers_again_at_once_is_still_known()
    {
        Table.GiveAway();
        Table.TakeBack(slot: 3);
        var epoch = Table.GiveAway();
        HandOver.Look();
        HandOver.Bind(_giver, epoch - 1);
        HandOver.GiveAway(_giver, _successor, epoch, Gift, _ended.Add);
        Assert.Equal(epoch, Assert.Single(_successor.Offers).Epoch);
    }

    [Fact]
    public void A_successor_that_lets_the_offer_pass_leaves_the_table_to_be_taken_back()
    {
        GiveAway();
        Time.Advance(Policy.OfferTimeout);
        Assert.NotNull(HandOver.Look());
        Assert.IsType<TransferRejectedException>(Assert.Single(_ended));
        Assert.Equal(OwnershipState.Offered, Table.Ownership.State);
        Table.TakeBack(slot: 3);
        Assert.Null(HandOver.Look());
        Assert.Equal((3U, _giver), (HandOver.Owner!.Epoch, HandOver.Owner.Process));
        Assert.Equal("billing", HandOver.Owner.Role);
    }

    [Fact]
    public void A_successor_that_is_quicker_than_the_refusal_owns_the_table()
    {
        var epoch = GiveAway();
        Time.Advance(Policy.OfferTimeout);
        HandOver.Look();
        Table.Accept(epoch, slot: 4);
        Surroundings.Visible[104] = _successor;
        HandOver.Look();
        Assert.Equal(_successor, HandOver.Owner!.Process);
    }

    [Fact]
    public void A_giver_that_dies_before_it_says_to_whom_leaves_the_table_to_the_next_worker()
    {
        var next = new FakeWorker(5);
        Claims.Add(next, default);
        Table.GiveAway();
        HandOver.Look();
        Kill(_giver, slot: 3);
        HandOver.Look();
        Assert.Equal(new Offer(3, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(next.Offers));
    }

    [Fact]
    public void A_successor_that_dies_after_it_has_accepted_is_recovered_from()
    {
        var next = new FakeWorker(5);
        var epoch = GiveAway();
        Table.Accept(epoch, slot: 4);
        Kill(_successor, slot: 4);
        Claims.Add(next, default);
        HandOver.Look();
        Assert.Null(Assert.Single(_ended));
        Assert.Equal(new Offer(3, TransferReason.OwnerDied, new PreviousOwner(2, "shipping")), Assert.Single(next.Offers));
    }

    [Fact]
    public void Nobody_gives_away_what_it_does_not_own_nor_to_the_dead_nor_to_itself()
    {
        Assert.Throws<NotOwnerException>(() => HandOver.GiveAway(_giver, _successor, 2, Gift, _ended.Add));
        var epoch = Table.GiveAway();
        Assert.Throws<NotOwnerException>(() => HandOver.GiveAway(_successor, _giver, epoch, Gift, _ended.Add));
        Assert.Throws<NotOwnerException>(() => HandOver.GiveAway(_giver, _successor, epoch + 1, Gift, _ended.Add));
        Assert.Throws<TransferRejectedException>(() => HandOver.GiveAway(_giver, _giver, epoch, Gift, _ended.Add));
        _successor.IsDead = true;
        Assert.Throws<TransferRejectedException>(() => HandOver.GiveAway(_giver, _successor, epoch, Gift, _ended.Add));
        Assert.Empty(_successor.Offers);
        Assert.Empty(_ended);
    }

    [Fact]
    public void An_heir_gets_the_table_before_anybody_who_waits_for_it()
    {
        var waiting = new FakeWorker(5);
        Claims.Add(waiting, default);
        SetHeir(_successor);
        Kill(_giver, slot: 3);
        HandOver.Look();
        var offer = Assert.Single(_successor.Offers);
        Assert.Equal((TransferReason.Inherited, new PreviousOwner(1, "billing")), (offer.Reason, offer.From));
        Assert.Equal(Gift, offer.GiftData!.Value.ToArray());
        Assert.Empty(waiting.Offers);
        Assert.Contains("kept OwnerDied 1", Surroundings.Seen);
        Table.Accept(offer.Epoch, slot: 4);
        HandOver.Look();
        Kill(_successor, slot: 4); // its own heir now, and dead
        HandOver.Look();
        Assert.Equal(TransferReason.OwnerDied, Assert.Single(waiting.Offers).Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_death_of_a_giver_is_kept_for_its_heir_before_its_offer_is_withdrawn(bool isClaimed)
    {
        SetHeir(_successor);
        var epoch = Table.GiveAway();
        if (isClaimed) HandOver.GiveAway(_giver, new FakeWorker(6), epoch, Gift, _ended.Add);
        HandOver.Look();
        Kill(_giver, slot: 3);
        Time.Advance(Policy.OfferTimeout);
        Table.BeforeNextExchange = () => Assert.Contains("kept OwnerDied 1", Surroundings.Seen);
        HandOver.Look();
        Assert.Null(Table.BeforeNextExchange);
        Assert.Equal(TransferReason.Inherited, Assert.Single(_successor.Offers).Reason);
    }

    [Fact]
    public void A_manager_that_comes_after_a_givers_offer_was_withdrawn_has_the_heir_inherit()
    {
        SetHeir(_successor);
        var next = new FakeWorker(5);
        Claims.Add(next, default);
        Table.GiveAway();
        Kill(_giver, slot: 3);
        var withdrawing = new TableHandOver(Table, new ClaimQueue(), Policy, Surroundings, Time);
        Surroundings.Heir = null;
        withdrawing.Look();
        Assert.Equal(OwnershipState.Unowned, Table.Ownership.State);
        Surroundings.Heir = _successor;
        new TableHandOver(Table, Claims, Policy, Surroundings, Time).Look();
        Assert.Equal(TransferReason.Inherited, Assert.Single(_successor.Offers).Reason);
        Assert.Empty(next.Offers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_manager_that_comes_after_a_release_was_offered_leaves_the_heir_alone(bool isSeen)
    {
        SetHeir(_successor);
        var (first, next) = (new FakeWorker(5), new FakeWorker(6));
        Claims.Add(first, default);
        Table.Release();
        (isSeen ? HandOver : new TableHandOver(Table, Claims, Policy, Surroundings, Time)).Look();
        Assert.Single(first.Offers);
        Claims.Forget(first);
        Claims.Add(next, default);
        new TableHandOver(Table, Claims, Policy, Surroundings, Time).Look();
        Assert.Equal(TransferReason.Released, Assert.Single(next.Offers).Reason);
        Assert.Empty(_successor.Offers);
    }

    [Fact]
    public void What_an_owner_has_left_for_a_release_is_forgotten_if_it_gives_the_table_away_instead()
    {
        Leave(epoch: 1);
        GiveAway();
        Assert.Contains("forgot the departure", Surroundings.Seen);
    }

    [Fact]
    public void A_dead_heir_is_passed_over()
    {
        var waiting = new FakeWorker(5);
        Claims.Add(waiting, default);
        SetHeir(_successor);
        _successor.IsDead = true;
        Kill(_giver, slot: 3);
        HandOver.Look();
        Assert.Equal(new Offer(2, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(waiting.Offers));
    }

    [Fact]
    public void An_heir_that_lives_but_is_not_connected_is_waited_for_and_no_longer_than_its_time()
    {
        var waiting = new FakeWorker(5);
        Claims.Add(waiting, default);
        SetHeir(null);
        Surroundings.MayHeirCome = true;
        Kill(_giver, slot: 3);
        Assert.Equal(Policy.HeirPatience, HandOver.Look());
        Assert.True(HandOver.AwaitsHeir);
        Assert.Empty(waiting.Offers);
        Time.Advance(Policy.HeirPatience);
        HandOver.Look();
        Assert.Single(waiting.Offers);
        Assert.False(HandOver.AwaitsHeir);
    }

    [Fact]
    public void An_heir_that_does_not_accept_is_passed_over()
    {
        var waiting = new FakeWorker(5);
        Claims.Add(waiting, default);
        SetHeir(_successor);
        Kill(_giver, slot: 3);
        HandOver.Look();
        Time.Advance(Policy.OfferTimeout);
        HandOver.Look();
        Assert.Equal(new Offer(3, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(waiting.Offers));
    }

    [Fact]
    public void What_an_owner_leaves_travels_with_the_transfer_that_follows_its_release_and_no_other()
    {
        var (first, second) = (new FakeWorker(5), new FakeWorker(6));
        Claims.Add(first, default);
        Leave(epoch: 1);
        Table.Release();
        HandOver.Look();
        Assert.Equal(Gift, first.LastOffer.GiftData!.Value.ToArray());
        Table.Accept(first.LastOffer.Epoch, slot: 4);
        HandOver.Look();
        Claims.Add(second, default);
        Table.Release();
        HandOver.Look();
        Assert.Equal(new Offer(3, TransferReason.Released, new PreviousOwner(5, "billing")), second.LastOffer);
    }

    [Fact]
    public void What_an_owner_leaves_is_forgotten_if_it_dies_before_it_releases()
    {
        var next = new FakeWorker(5);
        Claims.Add(next, default);
        Leave(epoch: 1);
        Kill(_giver, slot: 3);
        HandOver.Look();
        Assert.Contains("forgot the departure", Surroundings.Seen);
        Assert.Equal(new Offer(2, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(next.Offers));
    }

    [Fact]
    public void A_manager_that_comes_later_tells_how_the_owner_left()
    {
        var next = new FakeWorker(5);
        Leave(epoch: 1);
        Table.Release();
        var later = new TableHandOver(Table, Claims, Policy, Surroundings, Time);
        Claims.Add(next, default);
        later.Look();
        Assert.Equal((TransferReason.Released, new PreviousOwner(1, "billing")), (next.LastOffer.Reason, next.LastOffer.From));
        Assert.Equal(Gift, next.LastOffer.GiftData!.Value.ToArray());
    }

    [Fact]
    public void A_manager_that_comes_after_a_settled_death_has_the_heir_inherit()
    {
        SetHeir(_successor);
        Surroundings.KeepDeparture(new Departure(1, TransferReason.OwnerDied, new PreviousOwner(1, "billing"), null));
        Table.Release();
        var later = new TableHandOver(Table, Claims, Policy, Surroundings, Time);
        later.Look();
        Assert.Equal(TransferReason.Inherited, Assert.Single(_successor.Offers).Reason);
    }

    private uint GiveAway()
    {
        var epoch = Table.GiveAway();
        HandOver.GiveAway(_giver, _successor, epoch, Gift, _ended.Add);
        HandOver.Look();
        return epoch;
    }

    private void SetHeir(FakeWorker? heir)
    {
        Surroundings.Heir = heir;
        Keep(new TableStanding { Heir = new Heir(new ProcessIdentity(2, 1), 0, Gift) });
    }

    private void Leave(uint epoch) =>
        Keep(new TableStanding { Departure = new Departure(epoch, TransferReason.Released, new PreviousOwner(1, "billing"), Gift) });

    private void Keep(TableStanding standing) => Surroundings.Definition = Surroundings.Definition with { Standing = standing };
}
