using EtsPersist.Mmf.Harness.Records;

namespace EtsPersist.Mmf.Chaos.Tests;

public sealed class OwnershipLedgerTests
{
    private readonly OwnershipLedger _ledger = new();
    private long _now;

    [Fact]
    public void Owners_that_go_on_where_the_last_one_ended_are_in_order()
    {
        Owner(1, start: 0, 10, 20);
        Owner(2, start: 20, 30);
        Assert.Equal(new LedgerVerdict(0, 0, 0), _ledger.Judge(30));
        Assert.Equal(1, _ledger.HandOffs);
    }

    [Fact]
    public void A_batch_that_was_committed_and_not_acknowledged_is_in_order()
    {
        Owner(1, start: 0, 10);
        Add(JournalKind.Began, 1, 20);
        Owner(2, start: 20, 30);
        Assert.Equal(new LedgerVerdict(0, 0, 0), _ledger.Judge(30));
    }

    [Fact]
    public void Acknowledged_batches_that_the_successor_does_not_find_are_lost()
    {
        Owner(1, start: 0, 10, 20, 30);
        Owner(2, start: 10, 20);
        Assert.Equal(new LedgerVerdict(2, 0, 0), _ledger.Judge(20));
    }

    [Fact]
    public void Acknowledged_batches_that_the_end_does_not_find_are_lost()
    {
        Owner(1, start: 0, 10, 20);
        Assert.Equal(1, _ledger.Judge(10).Lost);
    }

    [Fact]
    public void A_position_below_the_one_that_an_idle_owner_found_is_lost()
    {
        Owner(1, start: 0, 10);
        Owner(2, start: 10);
        Owner(3, start: 0, 10);
        Assert.Equal(1, _ledger.Judge(10).Lost);
    }

    [Fact]
    public void A_position_that_no_batch_stored_is_torn()
    {
        Owner(1, start: 0, 10);
        Add(JournalKind.Began, 1, 20);
        Owner(2, start: 15, 25);
        Assert.Equal(new LedgerVerdict(0, 1, 0), _ledger.Judge(25));
    }

    [Fact]
    public void A_commit_of_an_owner_after_the_next_one_has_the_table_makes_two_owners()
    {
        Owner(1, start: 0, 10);
        Owner(2, start: 10, 20);
        Add(JournalKind.Acknowledged, 1, 10);
        Assert.Equal(1, _ledger.Judge(20).DoubleOwners);
    }

    [Fact]
    public void The_order_in_which_the_records_are_read_does_not_matter()
    {
        Add(JournalKind.Owned, 2, 10, at: 200);
        Add(JournalKind.Acknowledged, 2, 20, at: 210);
        Add(JournalKind.Owned, 1, 0, at: 100);
        Add(JournalKind.Acknowledged, 1, 10, at: 205);
        Assert.Equal(new LedgerVerdict(0, 0, 1), _ledger.Judge(20));
        Assert.Equal(2u, _ledger.Latest!.Epoch);
    }

    [Fact]
    public void One_epoch_granted_twice_makes_two_owners()
    {
        Owner(1, start: 0, 10);
        Add(JournalKind.Owned, 1, 10);
        Assert.Equal(1, _ledger.Judge(10).DoubleOwners);
    }

    [Fact]
    public void The_first_commit_after_an_epoch_is_the_successors()
    {
        Owner(1, start: 0, 10);
        Assert.Null(_ledger.FirstCommitAfter(1));
        Add(JournalKind.Owned, 2, 10, at: 50);
        Add(JournalKind.Owned, 3, 10, at: 60);
        Add(JournalKind.Acknowledged, 3, 20, at: 70);
        Assert.Equal(70, _ledger.FirstCommitAfter(1));
    }

    [Fact]
    public void The_first_batch_comes_behind_the_row_that_is_written_on_arrival()
    {
        Owner(1, start: 0, 10);
        Add(JournalKind.Owned, 2, 10, at: 50);
        Add(JournalKind.Acknowledged, 2, 10, at: 60, sequence: 0);
        Assert.Equal(60, _ledger.FirstCommitAfter(1));
        Assert.Null(_ledger.FirstBatchAfter(1));
        Add(JournalKind.Acknowledged, 2, 20, at: 70);
        Assert.Equal((60, 70), (_ledger.FirstCommitAfter(1), _ledger.FirstBatchAfter(1)));
        Assert.Equal(new LedgerVerdict(0, 0, 0), _ledger.Judge(20));
    }

    private void Owner(uint epoch, long start, params long[] positions)
    {
        Add(JournalKind.Owned, epoch, start);
        foreach (var position in positions)
        {
            Add(JournalKind.Began, epoch, position);
            Add(JournalKind.Acknowledged, epoch, position);
        }
    }

    private void Add(JournalKind kind, uint epoch, long position, long? at = null, long sequence = 1) =>
        _ledger.Add(new JournalEntry(kind, epoch, 1_000 + (int)epoch, sequence, position, at ?? ++_now));
}
