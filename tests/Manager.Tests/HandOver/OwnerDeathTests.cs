using EtsPersist.Mmf.Manager.HandOver;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

/// <summary>What follows the death of a table's owner, in which order, and what no report of a death brings about.</summary>
public sealed class OwnerDeathTests : HandOverGround
{
    [Fact]
    public void Where_a_living_writer_is_in_the_way_of_tidying_up_it_is_done_later()
    {
        Table.BusyFor = 2;
        HandOver.NoteDeath();
        Assert.NotNull(HandOver.Look());
        Assert.NotNull(HandOver.Look());
        Assert.Null(HandOver.Look());
        Assert.Equal(["recover dead"], Table.History);
    }

    [Fact]
    public void A_look_in_haste_offers_the_table_and_leaves_the_tidying_up_to_the_next()
    {
        var owner = Owning(1, slot: 3);
        var next = Waiting(2);
        (owner.IsDead, Table.Alive) = (true, []);
        HandOver.NoteDeath();
        Assert.True(HandOver.Look(tidies: false) < Policy.OfferTimeout);
        Assert.Single(next.Offers);
        Assert.DoesNotContain("recover dead", Table.History);
        HandOver.Look();
        Assert.Contains("recover dead", Table.History);
    }

    [Fact]
    public void An_accepted_table_stays_with_its_owner_and_nothing_is_polled()
    {
        var owner = Owning(1, slot: 3);
        Waiting(2);
        Assert.Null(HandOver.Look());
        Assert.Equal(owner, HandOver.Owner!.Process);
        Assert.Equal(1, Claims.Count);
    }

    [Fact]
    public void A_dead_owners_work_is_decided_before_the_next_worker_is_offered_the_table_and_tidied_up_afterwards()
    {
        var owner = Owning(1, slot: 3);
        var next = Waiting(2);
        Kill(owner, slot: 3);
        HandOver.Look();
        Assert.Equal(new Offer(2, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(next.Offers));
        Assert.Equal(
            ["Unowned 0 -> Offered 1", "Owned 1 -> Recovering 1", "decide dead", "Recovering 1 -> Unowned 1", "Unowned 1 -> Offered 2", "recover dead"],
            Table.History);
    }

    [Fact]
    public void What_the_kernel_tells_of_an_owners_end_goes_with_its_table_and_not_with_the_transfer_behind_it()
    {
        var owner = Owning(1, slot: 3);
        var next = Waiting(2);
        owner.ExitStatus = 137;
        Kill(owner, slot: 3);
        HandOver.Look();
        Assert.Equal(137, Assert.Single(next.Offers).ExitStatus);
        Table.Accept(2, slot: 4);
        HandOver.Look();
        Table.Release();
        var last = Waiting(3);
        HandOver.Look();
        Assert.Equal((TransferReason.Released, (int?)null), (last.LastOffer.Reason, last.LastOffer.ExitStatus));
    }

    [Fact]
    public void A_reported_death_robs_nobody_while_the_kernel_keeps_the_lock()
    {
        var owner = Owning(1, slot: 3);
        var next = Waiting(2);
        owner.IsDead = true;
        Assert.Equal(Policy.FirstLockPause, HandOver.Look());
        Assert.Equal(Policy.FirstLockPause * 2, HandOver.Look());
        Assert.Empty(next.Offers);
        Table.Alive.Remove(3);
        HandOver.Look();
        Assert.Single(next.Offers);
    }

    [Fact]
    public void A_worker_that_accepted_and_died_before_anyone_looked_is_recovered()
    {
        var (first, second) = (Waiting(1), Waiting(2));
        HandOver.Look();
        Table.Accept(1, slot: 3);
        Kill(first, slot: 3);
        HandOver.Look();
        Assert.Equal(new Offer(2, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(second.Offers));
    }

    [Fact]
    public void Workers_that_keep_dying_on_arrival_slow_the_table_down()
    {
        var offers = 0;
        var start = Time.GetTimestamp();
        while (Time.GetElapsedTime(start) < TimeSpan.FromSeconds(10))
        {
            var worker = Waiting(1);
            if (HandOver.Look() is { } pause && worker.Offers.Count == 0)
            {
                Claims.Forget(worker);
                Time.Advance(pause);
                continue;
            }
            offers++;
            Table.Accept(worker.LastOffer.Epoch, slot: 3);
            Kill(worker, slot: 3);
            HandOver.Look();
            Claims.Forget(worker);
        }
        Assert.InRange(offers, 20, 200);
        Assert.Contains("held back", Surroundings.Seen);
    }

    [Fact]
    public void Owners_that_work_a_while_before_they_die_are_replaced_at_once()
    {
        for (var i = 0; i < 100; i++)
        {
            var worker = Waiting(1);
            HandOver.Look();
            Table.Accept(worker.LastOffer.Epoch, slot: 3);
            HandOver.Look();
            Time.Advance(Surroundings.Arrivals.Window + TimeSpan.FromTicks(1));
            Kill(worker, slot: 3);
            HandOver.Look();
        }
        Assert.DoesNotContain("held back", Surroundings.Seen);
    }
}
