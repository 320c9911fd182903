using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class OwnershipTests : IDisposable
{
    private readonly TemporaryTable _table = new(TableAccess.Protected);

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_new_table_is_unowned_under_epoch_0() => Assert.Equal(new Ownership(0, OwnershipState.Unowned, -1), File.Ownership);

    [Fact]
    public void A_table_is_offered_accepted_and_released()
    {
        Assert.True(File.TryOffer(File.Ownership, out var offered));
        Assert.Equal(new Ownership(1, OwnershipState.Offered, -1), offered);
        Assert.Equal(offered, File.Ownership);
        Assert.False(File.IsOwner);
        Assert.True(File.TryAccept(1));
        Assert.Equal(new Ownership(1, OwnershipState.Owned, File.Attach()), File.Ownership);
        Assert.True(File.IsOwner);
        Assert.True(File.IsOwnerAlive);
        Assert.True(File.TryRelease(1));
        Assert.False(File.IsOwner);
        Assert.Equal(new Ownership(1, OwnershipState.Unowned, -1), File.Ownership);
        Assert.True(File.TryOffer(File.Ownership, out offered));
        Assert.Equal(2U, offered.Epoch);
    }

    [Fact]
    public void A_withdrawn_offer_cannot_be_accepted_and_its_epoch_is_not_used_again()
    {
        Assert.True(File.TryOffer(File.Ownership, out var offered));
        Assert.True(File.TryWithdraw(offered));
        Assert.False(File.TryWithdraw(offered));
        Assert.Equal(new Ownership(1, OwnershipState.Unowned, -1), File.Ownership);
        Assert.False(File.TryAccept(1));
        Assert.False(File.IsOwner);
        Assert.True(File.TryOffer(File.Ownership, out offered));
        Assert.Equal(2U, offered.Epoch);
    }

    [Fact]
    public void An_accepted_offer_cannot_be_withdrawn()
    {
        Assert.True(File.TryOffer(File.Ownership, out var offered));
        Assert.True(File.TryAccept(offered.Epoch));
        Assert.False(File.TryWithdraw(offered));
        Assert.True(File.IsOwner);
    }

    [Fact]
    public void Transitions_from_another_state_or_epoch_are_refused_and_change_nothing()
    {
        Assert.False(File.TryAccept(1));
        Assert.False(File.TryRelease(0));
        Assert.False(File.TryWithdraw(File.Ownership));
        Assert.False(File.TryBeginRecovery(File.Ownership));
        Assert.False(File.TryFinishRecovery(File.Ownership));
        Assert.False(File.TryOffer(new Ownership(5, OwnershipState.Unowned, -1), out _));
        Assert.Equal(new Ownership(0, OwnershipState.Unowned, -1), File.Ownership);

        Assert.True(File.TryOffer(File.Ownership, out var offered));
        Assert.False(File.TryOffer(offered, out _));
        Assert.False(File.TryOffer(offered with { State = OwnershipState.Unowned }, out _));
        Assert.False(File.TryAccept(0));
        Assert.False(File.TryAccept(2));
        Assert.Equal(offered, File.Ownership);

        Assert.True(File.TryAccept(offered.Epoch));
        var owned = File.Ownership;
        Assert.False(File.TryAccept(offered.Epoch));
        Assert.False(File.TryRelease(2));
        Assert.False(File.TryOffer(owned, out _));
        Assert.Equal(owned, File.Ownership);
    }

    [Fact]
    public void A_living_owner_cannot_be_recovered_from()
    {
        var worker = _table.OpenAgain();
        var owned = Own(worker);
        Assert.False(File.TryBeginRecovery(owned));
        Assert.False(worker.TryBeginRecovery(owned));
        Assert.True(File.IsOwnerAlive);
        Assert.False(File.TryFinishRecovery(owned));
        Assert.Equal(owned, File.Ownership);
    }

    [Fact]
    public void Only_one_of_many_gets_an_offer()
    {
        var workers = Enumerable.Range(0, 4).Select(_ => _table.OpenAgain()).ToArray();
        for (var round = 0; round < 50; round++)
        {
            Assert.True(File.TryOffer(File.Ownership, out var offered));
            var accepted = new bool[workers.Length];
            Parallel.For(0, workers.Length, worker => accepted[worker] = workers[worker].TryAccept(offered.Epoch));
            Assert.Single(accepted, got => got);
            Assert.Single(workers, worker => worker.IsOwner);
            Assert.True(workers[Array.IndexOf(accepted, true)].TryRelease(offered.Epoch));
        }
    }

    [Fact]
    public void A_withdrawal_and_an_acceptance_cannot_both_succeed()
    {
        var worker = _table.OpenAgain();
        for (var round = 0; round < 200; round++)
        {
            Assert.True(File.TryOffer(File.Ownership, out var offered));
            var (withdrawn, accepted) = (false, false);
            Parallel.Invoke(() => withdrawn = File.TryWithdraw(offered), () => accepted = worker.TryAccept(offered.Epoch));
            Assert.True(withdrawn ^ accepted);
            if (accepted)
                Assert.True(worker.TryRelease(offered.Epoch));
        }
    }

    [Fact]
    public void Whoever_does_not_own_a_protected_table_reads_and_does_not_write()
    {
        var worker = _table.OpenAgain();
        Own(worker);
        worker.Insert("a"u8, "1"u8);
        File.RequireValue("a"u8, "1"u8);
        var error = Assert.Throws<NotOwnerException>(() => File.Insert("a"u8, "2"u8));
        Assert.Contains("protected", error.Message, StringComparison.Ordinal);
        Assert.Throws<NotOwnerException>(() => File.Delete("a"u8));
        Assert.Throws<NotOwnerException>(() => File.UpdateCounter("n"u8, 1, 0, Long));
        Assert.Throws<NotOwnerException>(() => File.Commit(new Native.Engine.Batches.BatchPlan()));
        Assert.Throws<NotOwnerException>(() => File.TryBindSchema([], "s"u8));
        File.Attach();
        Assert.Throws<NotOwnerException>(() => File.Insert("a"u8, "2"u8));
        worker.RequireValue("a"u8, "1"u8);
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void A_released_table_cannot_be_written_until_it_is_accepted_again()
    {
        var owned = Own(File);
        File.Insert("a"u8, "1"u8);
        Assert.True(File.TryRelease(owned.Epoch));
        Assert.Throws<NotOwnerException>(() => File.Insert("a"u8, "2"u8));
        Own(File);
        File.Insert("a"u8, "2"u8);
        File.RequireValue("a"u8, "2"u8);
    }

    [Fact]
    public void A_released_public_table_can_still_be_written()
    {
        using var table = new TemporaryTable(TableAccess.Public);
        var owned = Own(table.File);
        Assert.True(table.File.TryRelease(owned.Epoch));
        table.File.Insert("a"u8, "1"u8);
        table.RequireSound(rows: 1);
    }

    [Fact]
    public async Task A_release_waits_for_writes_in_flight_and_none_follows_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var owned = Own(File);
            using var running = new CountdownEvent(3);
            var writers = Enumerable.Range(0, 3).Select(thread => Task.Factory.StartNew(() =>
            {
                File.UpdateCounter(Bytes(thread), 1, 0, Long);
                running.Signal();
                while (true)
                    File.UpdateCounter(Bytes(thread), 1, 0, Long);
            }, TaskCreationOptions.LongRunning)).ToArray();
            running.Wait(TimeSpan.FromSeconds(30));
            Assert.True(File.TryRelease(owned.Epoch));
            var rows = File.Rows().Select(row => BitConverter.ToInt64(row.Value)).ToArray();
            foreach (var writer in writers)
                await Assert.ThrowsAsync<NotOwnerException>(() => writer.WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.Equal(rows, File.Rows().Select(row => BitConverter.ToInt64(row.Value)));
            _table.RequireSound(rows: 3);
        }
    }

    [Fact]
    public void A_private_table_is_read_by_its_owner_alone()
    {
        using var table = new TemporaryTable(TableAccess.Private);
        var worker = table.OpenAgain();
        Own(worker);
        worker.Insert("a"u8, "1"u8);
        worker.RequireValue("a"u8, "1"u8);
        var error = Assert.Throws<TableAccessException>(() => table.File.Get("a"u8));
        Assert.Contains("private", error.Message, StringComparison.Ordinal);
        Assert.Throws<TableAccessException>(() => table.File.Contains("a"u8));
        Assert.Throws<TableAccessException>(() => table.File.Rows());
        Assert.Throws<NotOwnerException>(() => table.File.Insert("a"u8, "2"u8));
        worker.TryRelease(1);
        Assert.Throws<TableAccessException>(() => worker.Get("a"u8));
    }

    [Fact]
    public void A_table_open_for_reading_reads_and_refuses_everything_else()
    {
        var worker = _table.OpenAgain();
        Own(worker);
        worker.Insert("a"u8, "1"u8);
        var reader = _table.OpenAgain(writable: false);
        reader.RequireValue("a"u8, "1"u8);
        Assert.Equal(1, reader.Count);
        Assert.Single(reader.Rows());
        Assert.Single(reader.Participants());
        Assert.True(reader.IsOwnerAlive);
        Assert.Throws<TableAccessException>(() => reader.Attach());
        Assert.Throws<TableAccessException>(() => reader.MarkDropped());
        Assert.Throws<TableAccessException>(() => reader.RecoverDead());
        Assert.Throws<TableAccessException>(() => reader.TryAccept(1));
        Assert.Throws<TableAccessException>(() => reader.TryOffer(reader.Ownership, out _));
        Assert.Throws<TableAccessException>(() => reader.TryWithdraw(reader.Ownership));
        Assert.Throws<TableAccessException>(() => reader.TryBeginRecovery(reader.Ownership));
        Assert.Throws<TableAccessException>(() => reader.TryFinishRecovery(reader.Ownership));
        Assert.ThrowsAny<EtsException>(() => reader.Insert("a"u8, "2"u8));
    }

    [Fact]
    public void A_public_table_open_for_reading_refuses_to_be_written()
    {
        using var table = new TemporaryTable(TableAccess.Public);
        var reader = table.OpenAgain(writable: false);
        Assert.Throws<TableAccessException>(() => reader.Insert("a"u8, "1"u8));
        Assert.Throws<TableAccessException>(() => reader.Commit(new Native.Engine.Batches.BatchPlan()));
    }
}
