using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

/// <summary>What a manager makes of the table that an earlier one has left.</summary>
public sealed class AdoptionTests : HandOverGround
{
    [Fact]
    public void A_manager_that_starts_adopts_a_living_owner_and_recovers_it_when_it_dies()
    {
        var owner = new FakeWorker(103);
        Surroundings.Visible[103] = owner;
        Table.Ownership = new Ownership(7, OwnershipState.Owned, 3);
        Table.Alive.Add(3);
        var next = Waiting(2);
        HandOver.Look();
        Assert.Empty(next.Offers);
        Kill(owner, slot: 3);
        HandOver.Look();
        Assert.Equal(new Offer(8, TransferReason.OwnerDied, new PreviousOwner(103, null)), Assert.Single(next.Offers));
    }

    [Fact]
    public void An_adopted_owner_is_looked_at_now_and_then_until_it_comes_back()
    {
        var owner = new FakeWorker(103);
        Surroundings.Visible[103] = owner;
        Table.Ownership = new Ownership(7, OwnershipState.Owned, 3);
        Table.Alive.Add(3);
        Assert.Equal(TimeSpan.FromSeconds(1), HandOver.Look());
        HandOver.Bind(owner, epoch: 7);
        Assert.Null(HandOver.Look());
    }

    [Fact]
    public void A_table_that_an_adopted_owner_releases_without_coming_back_goes_to_the_next_worker()
    {
        Surroundings.Visible[103] = new FakeWorker(103);
        Table.Ownership = new Ownership(7, OwnershipState.Owned, 3);
        Table.Alive.Add(3);
        var next = Waiting(2);
        Assert.Equal(TimeSpan.FromSeconds(1), HandOver.Look());
        Table.Release();
        HandOver.Look();
        Assert.Equal(new Offer(8, TransferReason.Released, new PreviousOwner(103, null)), Assert.Single(next.Offers));
    }

    [Fact]
    public void An_owner_that_died_while_no_manager_ran_is_recovered_at_start()
    {
        Table.Ownership = new Ownership(7, OwnershipState.Owned, 3);
        var next = Waiting(2);
        HandOver.Look();
        Assert.Equal(new Offer(8, TransferReason.ManagerRecovered, new PreviousOwner(103, null)), Assert.Single(next.Offers));
        Assert.Contains("found dead 103", Surroundings.Seen);
    }

    [Fact]
    public void A_recovery_that_a_killed_manager_began_is_finished()
    {
        Table.Ownership = new Ownership(7, OwnershipState.Recovering, 3);
        var next = Waiting(2);
        HandOver.Look();
        Assert.Equal(["decide dead", "Recovering 7 -> Unowned 7", "Unowned 7 -> Offered 8", "recover dead"], Table.History);
        Assert.Equal(TransferReason.ManagerRecovered, Assert.Single(next.Offers).Reason);
    }

    [Fact]
    public void An_offer_of_an_earlier_manager_is_withdrawn()
    {
        Table.Ownership = new Ownership(7, OwnershipState.Offered, -1);
        var next = Waiting(2);
        HandOver.Look();
        Assert.Equal(8u, Assert.Single(next.Offers).Epoch);
    }

    [Fact]
    public void An_offer_of_an_earlier_manager_that_is_accepted_meanwhile_stands()
    {
        Surroundings.Visible[103] = new FakeWorker(103);
        Table.Ownership = new Ownership(7, OwnershipState.Offered, -1);
        Table.BeforeNextExchange = () => Assert.True(Table.Accept(7, slot: 3));
        var next = Waiting(2);
        HandOver.Look();
        Assert.Empty(next.Offers);
        Assert.Equal(103, HandOver.Owner!.ProcessId);
    }

    [Fact]
    public void An_owner_out_of_sight_is_asked_about_now_and_then_until_it_comes_back()
    {
        Table.Ownership = new Ownership(7, OwnershipState.Owned, 3);
        Table.Alive.Add(3);
        Assert.Equal(TimeSpan.FromSeconds(1), HandOver.Look());
        var returned = new FakeWorker(55);
        HandOver.Bind(returned, epoch: 6);
        Assert.Equal(TimeSpan.FromSeconds(1), HandOver.Look());
        HandOver.Bind(returned, epoch: 7);
        Assert.Null(HandOver.Look());
        Assert.Equal(returned, HandOver.Owner!.Process);
    }
}
