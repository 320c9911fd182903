using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

/// <summary>To whom a table without an owner is offered, and how often.</summary>
public sealed class TableOfferTests : HandOverGround
{
    [Fact]
    public void The_longest_waiting_worker_gets_the_table_and_is_told_that_it_is_new()
    {
        var (first, second) = (Waiting(1), Waiting(2));
        var again = HandOver.Look();
        Assert.Equal(new Offer(1, TransferReason.Created, null), Assert.Single(first.Offers));
        Assert.Empty(second.Offers);
        Assert.Equal(Policy.OfferTimeout, again);
        Assert.Equal(new Ownership(1, OwnershipState.Offered, -1), Table.Ownership);
    }

    [Fact]
    public void A_worker_that_waited_elsewhere_already_keeps_its_place()
    {
        var late = Waiting(1);
        var early = new FakeWorker(2);
        Claims.Add(early, Time.GetElapsedTime(0) - TimeSpan.FromMinutes(1));
        HandOver.Look();
        Assert.Empty(late.Offers);
        Assert.Single(early.Offers);
    }

    [Fact]
    public void With_nobody_waiting_only_an_event_can_change_anything()
    {
        Assert.Null(HandOver.Look());
        Assert.Equal(OwnershipState.Unowned, Table.Ownership.State);
    }

    [Fact]
    public void A_worker_that_dies_while_offered_loses_the_offer_at_once_and_the_next_gets_it()
    {
        var (first, second) = (Waiting(1), Waiting(2));
        HandOver.Look();
        first.IsDead = true;
        HandOver.Look();
        Assert.Equal(new Offer(2, TransferReason.Created, null), Assert.Single(second.Offers));
        Assert.Contains("withdrawn 1: the worker died", Surroundings.Seen);
    }

    [Fact]
    public void An_offer_that_is_not_accepted_in_time_goes_to_the_next_worker()
    {
        var (slow, next) = (Waiting(1), Waiting(2));
        HandOver.Look();
        Time.Advance(Policy.OfferTimeout);
        HandOver.Look();
        Assert.Equal(2u, next.LastOffer.Epoch);
        Assert.False(Table.Accept(1, slot: 3));
        Assert.Single(slow.Offers);
    }

    [Fact]
    public void An_acceptance_at_the_moment_of_expiry_wins()
    {
        var (slow, next) = (Waiting(1), Waiting(2));
        HandOver.Look();
        Time.Advance(Policy.OfferTimeout);
        Table.BeforeNextExchange = () => Assert.True(Table.Accept(1, slot: 3));
        Assert.Null(HandOver.Look());
        Assert.Equal(slow, HandOver.Owner!.Process);
        Assert.Empty(next.Offers);
    }

    [Fact]
    public void A_worker_that_lets_offers_pass_waits_longer_each_time()
    {
        var slow = Waiting(1);
        var pauses = new List<TimeSpan>();
        HandOver.Look();
        for (var i = 0; i < 12; i++)
        {
            Time.Advance(Policy.OfferTimeout);
            var pause = HandOver.Look()!.Value;
            pauses.Add(pause);
            Time.Advance(pause);
            HandOver.Look();
        }
        Assert.Equal(Policy.FirstDelay, pauses[0]);
        Assert.Equal(Policy.FirstDelay * 2, pauses[1]);
        Assert.Equal(Policy.MaximumDelay, pauses[^1]);
        Assert.Equal(13, slow.Offers.Count);
    }

    [Fact]
    public void A_worker_that_never_takes_the_table_is_in_quarantine_until_its_time_is_over_or_somebody_ends_it()
    {
        Surroundings.Arrivals = new ArrivalLimits { WorkerQuarantineAfter = 2, QuarantineTime = TimeSpan.FromMinutes(7) };
        var slow = Waiting(1);
        HandOver.Look();
        Time.Advance(Policy.OfferTimeout);
        Time.Advance(HandOver.Look()!.Value);
        HandOver.Look();
        Assert.DoesNotContain("quarantined 1", Surroundings.Seen);
        Time.Advance(Policy.OfferTimeout);
        Assert.Equal(TimeSpan.FromMinutes(7), HandOver.Look());
        Assert.Contains("quarantined 1", Surroundings.Seen);
        Assert.Equal(2, slow.Offers.Count);

        var next = Waiting(2);
        HandOver.Look();
        Assert.Single(next.Offers);
        Time.Advance(Policy.OfferTimeout);
        HandOver.Look();
        HandOver.Pardon();
        HandOver.Look();
        Assert.Equal(3, slow.Offers.Count);
    }

    [Fact]
    public void The_limits_on_deaths_on_arrival_are_those_of_the_moment()
    {
        Surroundings.Arrivals = new ArrivalLimits { Burst = 0 };
        DieOnArrival();
        Assert.Equal(Policy.FirstDelay, HandOver.Look());
        Time.Advance(Policy.FirstDelay);
        Surroundings.Arrivals = new ArrivalLimits { Burst = 10 };
        DieOnArrival();
        Waiting(3);
        Assert.Equal(Policy.OfferTimeout, HandOver.Look());
    }

    [Fact]
    public void A_worker_that_declines_is_held_back_even_if_it_asks_again_at_once()
    {
        var worker = Waiting(1);
        HandOver.Look();
        HandOver.Decline(worker, epoch: 1, "cannot map the file");
        Assert.Null(HandOver.Look());
        Wait(worker);
        Assert.Equal(Policy.FirstDelay, HandOver.Look());
        Assert.Single(worker.Offers);
    }

    [Fact]
    public void An_offer_to_a_worker_that_no_longer_waits_is_taken_back()
    {
        var (first, second) = (Waiting(1), Waiting(2));
        HandOver.Look();
        Claims.Remove(first);
        HandOver.Cancel(first, "the worker no longer waits");
        HandOver.Look();
        Assert.Single(second.Offers);
    }

    [Fact]
    public void A_worker_that_accepted_as_it_was_given_up_keeps_the_table()
    {
        var first = Waiting(1);
        HandOver.Look();
        Claims.Remove(first);
        HandOver.Cancel(first, "the connection was lost");
        Table.BeforeNextExchange = () => Assert.True(Table.Accept(1, slot: 3));
        Assert.Null(HandOver.Look());
        Assert.Equal(first, HandOver.Owner!.Process);
    }
}
