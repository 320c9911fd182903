using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Reads that wait for a dead writer would be counted, and there are none.</summary>
public sealed unsafe class ReaderWaitTests : IDisposable
{
    private const string Key = "a";

    private readonly CrashTable _table = new(RowFormat.Records);

    public ReaderWaitTests()
    {
        _table.Attach();
        _table.Insert(Key, "before");
        _table.Storage.Save();
    }

    [Fact]
    public void A_batch_killed_at_any_store_makes_no_reader_wait()
    {
        ForEachKill(() => Assert.True(Read()));
        Assert.Equal(0, _table.Space.ReaderWaits);
    }

    [Fact]
    public void A_batch_word_that_is_used_again_too_early_is_called_damage_and_nobody_waits_for_it()
    {
        var damaged = 0;
        var kills = ForEachKill(() =>
        {
            BatchWordBits = new BatchWord(BatchWordBits).NextNumber().Bits;
            damaged += Record.Exception(() => Read()) is CorruptTableException ? 1 : 0;
        });
        Assert.InRange(damaged, 1, kills);
        Assert.Equal(0, _table.Space.ReaderWaits);
    }

    [Fact]
    public void A_read_that_loses_again_and_again_while_nothing_moves_is_counted_once()
    {
        var lost = default(LostAttempts<TracedMemory>);
        for (var attempt = 0; attempt < 8; attempt++)
            lost.Add(_table.Space, _table.HashOf(Key));
        Assert.Equal(1, _table.Space.ReaderWaits);
    }

    [Fact]
    public void A_read_that_loses_to_a_writer_at_work_is_not_counted()
    {
        var lost = default(LostAttempts<TracedMemory>);
        for (var attempt = 0; attempt < 8; attempt++)
        {
            _table.Delete(Key); // moves the version
            _table.Insert(Key, "again");
            lost.Add(_table.Space, _table.HashOf(Key));
        }
        Assert.Equal(0, _table.Space.ReaderWaits);
    }

    [Fact]
    public void A_scan_that_meets_one_insert_after_the_other_in_its_leaf_is_not_counted()
    {
        var free = BucketMeta.Free(level: 1, version: 5);
        var lost = default(LostAttempts<TracedMemory>);
        for (var attempt = 0; attempt < 8; attempt++)
            lost.Add(_table.Space, before: free, now: free.LockedBy(1)); // each insert leaves the version as it is
        Assert.Equal(0, _table.Space.ReaderWaits);
    }

    [Fact]
    public void A_scan_that_finds_its_leaf_locked_by_one_who_does_nothing_is_counted()
    {
        var locked = BucketMeta.Free(level: 1, version: 5).LockedBy(1);
        var lost = default(LostAttempts<TracedMemory>);
        for (var attempt = 0; attempt < 8; attempt++)
            lost.Add(_table.Space, before: locked, now: locked);
        Assert.Equal(1, _table.Space.ReaderWaits);
    }

    public void Dispose() => _table.Dispose();

    private ulong BatchWordBits
    {
        get => _table.Space.JournalAt(TableSpace.FirstJournalOf(0))->Batch;
        set => _table.Space.JournalAt(TableSpace.FirstJournalOf(0))->Batch = value;
    }

    /// <summary>Kills a batch before each of its stores and does something with what it left; returns how often.</summary>
    private int ForEachKill(Action then)
    {
        for (var store = 0; ; store++)
        {
            _table.Storage.Restore();
            _table.ReplaceProcess();
            _table.TakeBackSlot();
            if (!IsKilledBefore(store))
                return store;
            then();
        }
    }

    private bool IsKilledBefore(int store)
    {
        var point = new CrashPoint(store);
        using (TracedMemory.Watch(point))
        {
            try
            {
                _table.Commit(plan => plan.Insert(CrashScenarios.Bytes(Key), CrashScenarios.Bytes("by the batch")));
            }
            catch (KilledException)
            {
                // As intended.
            }
        }
        return point.Killed;
    }

    private bool Read()
    {
        var destination = new byte[100];
        var status = HashReader<TracedMemory>.Read(_table.Space, _table.HashOf(Key), CrashScenarios.Bytes(Key), destination, out _);
        return status == ReadStatus.Found;
    }
}
