using System.Diagnostics;
using EtsPersist.Mmf.Manager.Events;

namespace EtsPersist.Mmf.Manager.Tests.Events;

public sealed class HandOffHistoryTests
{
    private readonly HandOffHistory _history = new();

    [Fact]
    public void A_hand_off_after_a_death_counts_from_the_death()
    {
        Own("accounts", 7, 1, at: 0);
        Note("died", null, 7, at: 100);
        Note("recovered", "accounts", null, at: 101);
        var done = Own("accounts", 8, 2, at: 104, TransferReason.OwnerDied);
        Assert.Equal((7, 8, 2u, TransferReason.OwnerDied), (done!.FromProcessId, done.ToProcessId, done.Epoch, done.Reason));
        Assert.Equal(TimeSpan.FromMilliseconds(4), done.Took);
    }

    [Fact]
    public void A_death_that_is_reported_last_leaves_the_recovery_as_the_beginning()
    {
        Own("accounts", 7, 1, at: 0);
        Note("recovered", "accounts", null, at: 101);
        Assert.Equal(TimeSpan.FromMilliseconds(3), Own("accounts", 8, 2, at: 104, TransferReason.OwnerDied)!.Took);
    }

    [Fact]
    public void A_release_is_the_beginning_although_its_worker_dies_as_well()
    {
        Own("accounts", 7, 1, at: 0);
        Note("released", "accounts", 7, at: 50);
        Note("died", null, 7, at: 51);
        Assert.Equal(TimeSpan.FromMilliseconds(10), Own("accounts", 8, 2, at: 60, TransferReason.Released)!.Took);
    }

    [Fact]
    public void A_first_owner_is_handed_the_table_since_its_offer()
    {
        var done = Own("accounts", 7, 1, at: 5);
        Assert.Equal((null, TimeSpan.FromMilliseconds(2)), (done!.FromProcessId, done.Took));
    }

    [Fact]
    public void An_owner_that_was_found_is_no_hand_off()
    {
        Assert.Null(Note("accepted", "accounts", 7, at: 1, epoch: 9));
        Assert.Empty(_history.Recent);
    }

    [Fact]
    public void A_table_that_was_dropped_is_forgotten_and_the_next_one_of_its_name_begins_without_an_owner()
    {
        Own("accounts", 7, 1, at: 0);
        Note("dropped", "accounts", null, at: 1);
        Assert.Equal(0, _history.Followed);
        Assert.Null(Own("accounts", 8, 1, at: 5)!.FromProcessId);
    }

    [Fact]
    public void A_table_that_was_renamed_has_its_owner_under_the_new_name_and_leaves_the_old_one()
    {
        Own("accounts", 7, 1, at: 0);
        _history.Note(new ManagerEvent("renamed") { Table = "accounts", NewName = "balances" });
        Assert.Equal(1, _history.Followed);
        Assert.Equal(7, Own("balances", 8, 2, at: 5)!.FromProcessId);
        Assert.Equal(1, _history.Followed);
    }

    [Fact]
    public void A_name_that_is_only_waited_for_is_not_kept()
    {
        Note("waiting", "accounts", 7, at: 0);
        Assert.Equal(0, _history.Followed);
    }

    [Fact]
    public void The_latest_are_kept_and_come_first()
    {
        for (var epoch = 1u; epoch <= HandOffHistory.Kept + 10; epoch++) Own("accounts", (int)epoch, epoch, at: epoch);
        Assert.Equal(HandOffHistory.Kept, _history.Recent.Count);
        Assert.Equal((uint)HandOffHistory.Kept + 10, _history.Recent[0].Epoch);
    }

    /// <summary>Offered two milliseconds before it is accepted.</summary>
    private HandOff? Own(string table, int processId, uint epoch, long at, TransferReason reason = TransferReason.Created)
    {
        Note("offered", table, processId, at - 2, epoch, reason);
        return Note("accepted", table, processId, at, epoch);
    }

    private HandOff? Note(string name, string? table, int? processId, long at, uint? epoch = null, TransferReason? reason = null) =>
        _history.Note(new ManagerEvent(name)
        {
            Table = table,
            ProcessId = processId,
            Epoch = epoch,
            Reason = reason,
            Timestamp = at * (Stopwatch.Frequency / 1000),
        });
}
