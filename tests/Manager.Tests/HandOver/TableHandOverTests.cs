using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

public sealed class TableHandOverTests
{
    private static readonly HandOverPolicy Policy = HandOverPolicy.Default;
    private readonly FakeTable _table = new();
    private readonly ClaimQueue _claims = new();
    private readonly RecordingSurroundings _surroundings = new();
    private readonly ManualTime _time = new();
    private readonly TableHandOver _handOver;

    public TableHandOverTests() => _handOver = new TableHandOver(_table, _claims, Policy, _surroundings, _time);

    [Fact]
    public void The_longest_waiting_worker_gets_the_table_and_is_told_that_it_is_new()
    {
        var (first, second) = (Waiting(1), Waiting(2));
        var again = _handOver.Look();
        Assert.Equal(new Offer(1, TransferReason.Created, null), Assert.Single(first.Offers));
        Assert.Empty(second.Offers);
        Assert.Equal(Policy.OfferTimeout, again);
        Assert.Equal(new Ownership(1, OwnershipState.Offered, -1), _table.Ownership);
    }

    [Fact]
    public void A_worker_that_waited_elsewhere_already_keeps_its_place()
    {
        var late = Waiting(1);
        var early = new FakeWorker(2);
        _claims.Add(early, _time.GetElapsedTime(0) - TimeSpan.FromMinutes(1));
        _handOver.Look();
        Assert.Empty(late.Offers);
        Assert.Single(early.Offers);
    }

    [Fact]
    public void Where_a_living_writer_is_in_the_way_of_tidying_up_it_is_done_later()
    {
        _table.BusyFor = 2;
        _handOver.NoteDeath();
        Assert.NotNull(_handOver.Look());
        Assert.NotNull(_handOver.Look());
        Assert.Null(_handOver.Look());
        Assert.Equal(["recover dead"], _table.History);
    }

    [Fact]
    public void A_look_in_haste_offers_the_table_and_leaves_the_tidying_up_to_the_next()
    {
        var owner = Owning(1, slot: 3);
        var next = Waiting(2);
        (owner.IsDead, _table.Alive) = (true, []);
        _handOver.NoteDeath();
        Assert.True(_handOver.Look(tidies: false) < Policy.OfferTimeout);
        Assert.Single(next.Offers);
        Assert.DoesNotContain("recover dead", _table.History);
        _handOver.Look();
        Assert.Contains("recover dead", _table.History);
    }

    [Fact]
    public void With_nobody_waiting_only_an_event_can_change_anything()
    {
        Assert.Null(_handOver.Look());
        Assert.Equal(OwnershipState.Unowned, _table.Ownership.State);
    }

    [Fact]
    public void An_accepted_table_stays_with_its_owner_and_nothing_is_polled()
    {
        var owner = Owning(1, slot: 3);
        Waiting(2);
        Assert.Null(_handOver.Look());
        Assert.Equal(owner, _handOver.Owner!.Process);
        Assert.Equal(1, _claims.Count);
    }

    [Fact]
    public void A_dead_owners_work_is_decided_before_the_next_worker_is_offered_the_table_and_tidied_up_afterwards()
    {
        var owner = Owning(1, slot: 3);
        var next = Waiting(2);
        Kill(owner, slot: 3);
        _handOver.Look();
        Assert.Equal(new Offer(2, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(next.Offers));
        Assert.Equal(
            ["Unowned 0 -> Offered 1", "Owned 1 -> Recovering 1", "decide dead", "Recovering 1 -> Unowned 1", "Unowned 1 -> Offered 2", "recover dead"],
            _table.History);
    }

    [Fact]
    public void A_reported_death_robs_nobody_while_the_kernel_keeps_the_lock()
    {
        var owner = Owning(1, slot: 3);
        var next = Waiting(2);
        owner.IsDead = true;
        Assert.Equal(Policy.FirstLockPause, _handOver.Look());
        Assert.Equal(Policy.FirstLockPause * 2, _handOver.Look());
        Assert.Empty(next.Offers);
        _table.Alive.Remove(3);
        _handOver.Look();
        Assert.Single(next.Offers);
    }

    [Fact]
    public void A_worker_that_dies_while_offered_loses_the_offer_at_once_and_the_next_gets_it()
    {
        var (first, second) = (Waiting(1), Waiting(2));
        _handOver.Look();
        first.IsDead = true;
        _handOver.Look();
        Assert.Equal(new Offer(2, TransferReason.Created, null), Assert.Single(second.Offers));
        Assert.Contains("withdrawn 1: the worker died", _surroundings.Seen);
    }

    [Fact]
    public void A_worker_that_accepted_and_died_before_anyone_looked_is_recovered()
    {
        var (first, second) = (Waiting(1), Waiting(2));
        _handOver.Look();
        _table.Accept(1, slot: 3);
        Kill(first, slot: 3);
        _handOver.Look();
        Assert.Equal(new Offer(2, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(second.Offers));
    }

    [Fact]
    public void An_offer_that_is_not_accepted_in_time_goes_to_the_next_worker()
    {
        var (slow, next) = (Waiting(1), Waiting(2));
        _handOver.Look();
        _time.Advance(Policy.OfferTimeout);
        _handOver.Look();
        Assert.Equal(2u, next.LastOffer.Epoch);
        Assert.False(_table.Accept(1, slot: 3));
        Assert.Single(slow.Offers);
    }

    [Fact]
    public void An_acceptance_at_the_moment_of_expiry_wins()
    {
        var (slow, next) = (Waiting(1), Waiting(2));
        _handOver.Look();
        _time.Advance(Policy.OfferTimeout);
        _table.BeforeNextExchange = () => Assert.True(_table.Accept(1, slot: 3));
        Assert.Null(_handOver.Look());
        Assert.Equal(slow, _handOver.Owner!.Process);
        Assert.Empty(next.Offers);
    }

    [Fact]
    public void A_worker_that_lets_offers_pass_waits_longer_each_time()
    {
        var slow = Waiting(1);
        var pauses = new List<TimeSpan>();
        _handOver.Look();
        for (var i = 0; i < 12; i++)
        {
            _time.Advance(Policy.OfferTimeout);
            var pause = _handOver.Look()!.Value;
            pauses.Add(pause);
            _time.Advance(pause);
            _handOver.Look();
        }
        Assert.Equal(Policy.FirstDelay, pauses[0]);
        Assert.Equal(Policy.FirstDelay * 2, pauses[1]);
        Assert.Equal(Policy.MaximumDelay, pauses[^1]);
        Assert.Equal(13, slow.Offers.Count);
    }

    [Fact]
    public void A_worker_that_never_takes_the_table_is_in_quarantine_until_its_time_is_over_or_somebody_ends_it()
    {
        _surroundings.Arrivals = new ArrivalLimits { WorkerQuarantineAfter = 2, QuarantineTime = TimeSpan.FromMinutes(7) };
        var slow = Waiting(1);
        _handOver.Look();
        _time.Advance(Policy.OfferTimeout);
        _time.Advance(_handOver.Look()!.Value);
        _handOver.Look();
        Assert.DoesNotContain("quarantined 1", _surroundings.Seen);
        _time.Advance(Policy.OfferTimeout);
        Assert.Equal(TimeSpan.FromMinutes(7), _handOver.Look());
        Assert.Contains("quarantined 1", _surroundings.Seen);
        Assert.Equal(2, slow.Offers.Count);

        var next = Waiting(2);
        _handOver.Look();
        Assert.Single(next.Offers);
        _time.Advance(Policy.OfferTimeout);
        _handOver.Look();
        _handOver.Pardon();
        _handOver.Look();
        Assert.Equal(3, slow.Offers.Count);
    }

    [Fact]
    public void The_limits_on_deaths_on_arrival_are_those_of_the_moment()
    {
        _surroundings.Arrivals = new ArrivalLimits { Burst = 0 };
        DieOnArrival();
        Assert.Equal(Policy.FirstDelay, _handOver.Look());
        _time.Advance(Policy.FirstDelay);
        _surroundings.Arrivals = new ArrivalLimits { Burst = 10 };
        DieOnArrival();
        Waiting(3);
        Assert.Equal(Policy.OfferTimeout, _handOver.Look());
    }

    [Fact]
    public void A_worker_that_declines_is_held_back_even_if_it_asks_again_at_once()
    {
        var worker = Waiting(1);
        _handOver.Look();
        _handOver.Decline(worker, epoch: 1, "cannot map the file");
        Assert.Null(_handOver.Look());
        Wait(worker);
        Assert.Equal(Policy.FirstDelay, _handOver.Look());
        Assert.Single(worker.Offers);
    }

    [Fact]
    public void An_offer_to_a_worker_that_no_longer_waits_is_taken_back()
    {
        var (first, second) = (Waiting(1), Waiting(2));
        _handOver.Look();
        _claims.Remove(first);
        _handOver.Cancel(first, "the worker no longer waits");
        _handOver.Look();
        Assert.Single(second.Offers);
    }

    [Fact]
    public void A_worker_that_accepted_as_it_was_given_up_keeps_the_table()
    {
        var first = Waiting(1);
        _handOver.Look();
        _claims.Remove(first);
        _handOver.Cancel(first, "the connection was lost");
        _table.BeforeNextExchange = () => Assert.True(_table.Accept(1, slot: 3));
        Assert.Null(_handOver.Look());
        Assert.Equal(first, _handOver.Owner!.Process);
    }

    [Fact]
    public void A_released_table_goes_to_the_next_worker_as_released()
    {
        Owning(1, slot: 3);
        var next = Waiting(2);
        _table.Release();
        _handOver.Look();
        Assert.Equal(new Offer(2, TransferReason.Released, new PreviousOwner(1, "billing")), Assert.Single(next.Offers));
    }

    [Fact]
    public void A_table_that_was_accepted_and_released_between_two_looks_was_released()
    {
        Waiting(1);
        _handOver.Look();
        var next = Waiting(2);
        _table.Accept(1, slot: 3);
        _table.Release();
        _handOver.Look();
        Assert.Equal(TransferReason.Released, Assert.Single(next.Offers).Reason);
    }

    [Fact]
    public void The_reason_outlives_an_offer_that_was_not_accepted()
    {
        var owner = Owning(1, slot: 3);
        var doomed = Waiting(2);
        Kill(owner, slot: 3);
        _handOver.Look();
        doomed.IsDead = true;
        var next = Waiting(4);
        _handOver.Look();
        Assert.Equal(new Offer(3, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(next.Offers));
    }

    [Fact]
    public void A_manager_that_starts_adopts_a_living_owner_and_recovers_it_when_it_dies()
    {
        var owner = new FakeWorker(103);
        _surroundings.Visible[103] = owner;
        _table.Ownership = new Ownership(7, OwnershipState.Owned, 3);
        _table.Alive.Add(3);
        var next = Waiting(2);
        Assert.Null(_handOver.Look());
        Assert.Empty(next.Offers);
        Kill(owner, slot: 3);
        _handOver.Look();
        Assert.Equal(new Offer(8, TransferReason.OwnerDied, new PreviousOwner(103, null)), Assert.Single(next.Offers));
    }

    [Fact]
    public void An_owner_that_died_while_no_manager_ran_is_recovered_at_start()
    {
        _table.Ownership = new Ownership(7, OwnershipState.Owned, 3);
        var next = Waiting(2);
        _handOver.Look();
        Assert.Equal(new Offer(8, TransferReason.ManagerRecovered, new PreviousOwner(103, null)), Assert.Single(next.Offers));
        Assert.Contains("found dead 103", _surroundings.Seen);
    }

    [Fact]
    public void A_recovery_that_a_killed_manager_began_is_finished()
    {
        _table.Ownership = new Ownership(7, OwnershipState.Recovering, 3);
        var next = Waiting(2);
        _handOver.Look();
        Assert.Equal(["decide dead", "Recovering 7 -> Unowned 7", "Unowned 7 -> Offered 8", "recover dead"], _table.History);
        Assert.Equal(TransferReason.ManagerRecovered, Assert.Single(next.Offers).Reason);
    }

    [Fact]
    public void An_offer_of_an_earlier_manager_is_withdrawn()
    {
        _table.Ownership = new Ownership(7, OwnershipState.Offered, -1);
        var next = Waiting(2);
        _handOver.Look();
        Assert.Equal(8u, Assert.Single(next.Offers).Epoch);
    }

    [Fact]
    public void An_offer_of_an_earlier_manager_that_is_accepted_meanwhile_stands()
    {
        _surroundings.Visible[103] = new FakeWorker(103);
        _table.Ownership = new Ownership(7, OwnershipState.Offered, -1);
        _table.BeforeNextExchange = () => Assert.True(_table.Accept(7, slot: 3));
        var next = Waiting(2);
        Assert.Null(_handOver.Look());
        Assert.Empty(next.Offers);
        Assert.Equal(103, _handOver.Owner!.ProcessId);
    }

    [Fact]
    public void An_owner_out_of_sight_is_asked_about_now_and_then_until_it_comes_back()
    {
        _table.Ownership = new Ownership(7, OwnershipState.Owned, 3);
        _table.Alive.Add(3);
        Assert.Equal(TimeSpan.FromSeconds(1), _handOver.Look());
        var returned = new FakeWorker(55);
        _handOver.Bind(returned, epoch: 6);
        Assert.Equal(TimeSpan.FromSeconds(1), _handOver.Look());
        _handOver.Bind(returned, epoch: 7);
        Assert.Null(_handOver.Look());
        Assert.Equal(returned, _handOver.Owner!.Process);
    }

    [Fact]
    public void Workers_that_keep_dying_on_arrival_slow_the_table_down()
    {
        var offers = 0;
        var start = _time.GetTimestamp();
        while (_time.GetElapsedTime(start) < TimeSpan.FromSeconds(10))
        {
            var worker = Waiting(1);
            if (_handOver.Look() is { } pause && worker.Offers.Count == 0)
            {
                _claims.Forget(worker);
                _time.Advance(pause);
                continue;
            }
            offers++;
            _table.Accept(worker.LastOffer.Epoch, slot: 3);
            Kill(worker, slot: 3);
            _handOver.Look();
            _claims.Forget(worker);
        }
        Assert.InRange(offers, 20, 200);
        Assert.Contains("held back", _surroundings.Seen);
    }

    [Fact]
    public void Owners_that_work_a_while_before_they_die_are_replaced_at_once()
    {
        for (var i = 0; i < 100; i++)
        {
            var worker = Waiting(1);
            _handOver.Look();
            _table.Accept(worker.LastOffer.Epoch, slot: 3);
            _handOver.Look();
            _time.Advance(_surroundings.Arrivals.Window + TimeSpan.FromTicks(1));
            Kill(worker, slot: 3);
            _handOver.Look();
        }
        Assert.DoesNotContain("held back", _surroundings.Seen);
    }

    private FakeWorker Waiting(int processId)
    {
        var worker = new FakeWorker(processId);
        Wait(worker);
        return worker;
    }

    private void Wait(FakeWorker worker) => _claims.Add(worker, _time.GetElapsedTime(0));

    private FakeWorker Owning(int processId, int slot)
    {
        var worker = Waiting(processId);
        _handOver.Look();
        Assert.True(_table.Accept(worker.LastOffer.Epoch, slot));
        _handOver.Look();
        return worker;
    }

    private void DieOnArrival()
    {
        Kill(Owning(9, slot: 3), slot: 3);
        _handOver.Look();
    }

    private void Kill(FakeWorker worker, int slot)
    {
        worker.IsDead = true;
        _table.Alive.Remove(slot);
    }
}
