using EtsPersist.Mmf.Native.Layout;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class AccessTests : IDisposable
{
    private readonly TemporaryTable _table = new(TableAccess.Protected);

    private TableFile Owner => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_change_of_access_takes_effect_in_every_open_instance()
    {
        Own(Owner);
        var other = _table.OpenAgain();
        var reader = _table.OpenAgain(writable: false);
        Owner.Insert("a"u8, "1"u8);
        reader.RequireValue("a"u8, "1"u8);
        Assert.Throws<NotOwnerException>(() => other.Insert("a"u8, "2"u8));

        Owner.SetAccess(TableAccess.Public);
        Assert.Equal((TableAccess.Public, TableAccess.Public), (other.Access, reader.Access));
        other.Insert("a"u8, "2"u8);

        Owner.SetAccess(TableAccess.Private);
        Assert.Throws<NotOwnerException>(() => other.Insert("a"u8, "3"u8));
        Assert.Throws<TableAccessException>(() => reader.Get("a"u8));
        Owner.RequireValue("a"u8, "2"u8);

        Owner.SetAccess(TableAccess.Protected);
        reader.RequireValue("a"u8, "2"u8);
        Assert.Throws<NotOwnerException>(() => other.Delete("a"u8));
        Owner.Insert("a"u8, "4"u8);
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void A_change_of_access_stays_with_the_file()
    {
        Own(Owner);
        Owner.SetAccess(TableAccess.Public);
        Assert.Equal(TableAccess.Public, _table.OpenAgain().Access);
    }

    [Fact]
    public void Only_the_owner_changes_the_access()
    {
        var other = _table.OpenAgain();
        Assert.Throws<NotOwnerException>(() => Owner.SetAccess(TableAccess.Public));
        Own(Owner);
        Assert.Throws<NotOwnerException>(() => other.SetAccess(TableAccess.Public));
        Owner.SetAccess(TableAccess.Public);
        Assert.Throws<NotOwnerException>(() => other.SetAccess(TableAccess.Private));
        Assert.Throws<ArgumentOutOfRangeException>(() => Owner.SetAccess((TableAccess)7));
        Assert.Equal(TableAccess.Public, Owner.Access);
    }

    [Fact]
    public void A_living_writer_in_the_middle_of_a_write_keeps_the_table_public()
    {
        Own(Owner);
        Owner.SetAccess(TableAccess.Public);
        var writer = StartWrite(out var words, out var holder);
        Owner.WriterPatience = TimeSpan.FromMilliseconds(20);
        var busy = Assert.Throws<TableBusyException>(() => Owner.SetAccess(TableAccess.Protected));
        Assert.Equal(Environment.ProcessId, busy.ProcessId);
        Assert.Equal(TableAccess.Public, Owner.Access);

        words.SetLease(holder, taken: false);
        Owner.SetAccess(TableAccess.Protected);
        Assert.Throws<NotOwnerException>(() => writer.Insert("a"u8, "2"u8));
        words.Dispose();
    }

    [Fact]
    public async Task To_take_the_right_to_write_waits_for_writes_in_flight_and_refuses_new_ones_meanwhile()
    {
        Own(Owner);
        Owner.SetAccess(TableAccess.Public);
        StartWrite(out var words, out var holder);
        var third = _table.OpenAgain();
        var closing = Task.Run(() => Owner.SetAccess(TableAccess.Protected));
        SpinWait.SpinUntil(() => Owner.Access == TableAccess.Protected, TimeSpan.FromSeconds(30));
        Assert.Throws<NotOwnerException>(() => third.Insert("a"u8, "2"u8));
        Assert.False(closing.IsCompleted);
        words.SetLease(holder, taken: false);
        await closing.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(TableAccess.Protected, Owner.Access);
        words.Dispose();
    }

    [Fact]
    public void A_writer_that_died_in_the_middle_of_a_write_is_not_waited_for()
    {
        Own(Owner);
        Owner.SetAccess(TableAccess.Public);
        var writer = StartWrite(out var words, out var holder);
        words.SetLease(holder, taken: false); // or the writer would wait for itself
        writer.Abandon();
        words.SetLease(holder, taken: true);
        Owner.SetAccess(TableAccess.Protected);
        Assert.Equal(TableAccess.Protected, Owner.Access);
        words.Dispose();
    }

    [Fact]
    public void A_table_whose_owner_dies_while_it_takes_the_right_to_write_is_public_again_after_recovery()
    {
        var owner = _table.OpenAgain();
        var owned = Own(owner);
        owner.SetAccess(TableAccess.Public);
        using (var words = new RawWords(_table.Path)) words.Access = default(AccessWord).ChangingTo(TableAccess.Public, TableAccess.Private).Bits;
        Assert.Throws<TableAccessException>(() => Owner.Get("a"u8));
        owner.Abandon();
        Assert.True(Owner.TryBeginRecovery(owned));
        Owner.RecoverDead();
        Assert.True(Owner.TryFinishRecovery(owned with { State = OwnershipState.Recovering }));
        Assert.Equal(TableAccess.Public, Owner.Access);
        Owner.Insert("a"u8, "1"u8);
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void A_dropped_table_stays_dropped_whatever_its_access()
    {
        Own(Owner);
        Owner.SetAccess(TableAccess.Public);
        var other = _table.OpenAgain();
        other.Insert("a"u8, "1"u8);
        Owner.MarkDropped();
        Owner.Dispose();
        Assert.Throws<TableDroppedException>(() => other.Insert("a"u8, "2"u8));
        Assert.Throws<TableDroppedException>(() => other.Get("a"u8));
        Assert.True(other.IsDropped);
    }

    [Fact]
    public async Task Writers_of_a_table_that_opens_and_closes_write_only_while_it_is_open()
    {
        Own(Owner);
        using var stop = new CancellationTokenSource();
        var others = Enumerable.Range(0, 2).Select(_ => _table.OpenAgain()).ToArray();
        var writers = others.Select((file, place) => Task.Factory.StartNew(() => CountWhileAllowed(file, place, stop.Token), TaskCreationOptions.LongRunning)).ToArray();
        for (var round = 0; round < 20; round++)
        {
            Owner.SetAccess(TableAccess.Public);
            Owner.SetAccess(TableAccess.Protected);
            var closed = Counters();
            Thread.Yield();
            Assert.Equal(closed, Counters());
        }
        await stop.CancelAsync();
        await Task.WhenAll(writers).WaitAsync(TimeSpan.FromSeconds(30));

        long[] Counters() => [.. Enumerable.Range(0, 2).Select(place => Owner.Contains(Bytes(place)) ? BitConverter.ToInt64(Owner.Get(Bytes(place))) : 0)];
    }

    private static void CountWhileAllowed(TableFile file, int place, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                file.UpdateCounter(Bytes(place), 1, 0, Long);
            }
            catch (NotOwnerException)
            {
                // Closed at the moment.
            }
        }
    }

    /// <summary>Another instance that has written, and looks as if it were in the middle of a write.</summary>
    private TableFile StartWrite(out RawWords words, out ParticipantInfo holder)
    {
        var writer = _table.OpenAgain();
        writer.Insert("b"u8, "1"u8);
        words = new RawWords(_table.Path);
        holder = Assert.Single(Owner.Participants(), participant => participant.Slot != Owner.Attach());
        words.SetLease(holder, taken: true);
        return writer;
    }
}
