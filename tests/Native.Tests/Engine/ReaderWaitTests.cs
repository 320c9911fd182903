using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Reads that wait for a dead writer would be counted, and there are none.</summary>
public sealed unsafe class ReaderWaitTests : IDisposable
{
    private const string Key = "a";
    private const int ReadsUntilTheWordIsRight = 500;

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
    public void A_reader_that_has_to_wait_for_what_a_writer_left_is_counted_once()
    {
        var kills = ForEachKill(() =>
        {
            var word = BatchWordBits;
            BatchWordBits = new BatchWord(word).NextNumber().Bits; // as if the word were used again before its references are gone
            var waits = _table.Space.ReaderWaits;
            InterruptingMemory.Run(Read, ReadsUntilTheWordIsRight, () => BatchWordBits = word);
            Assert.InRange(_table.Space.ReaderWaits - waits, 0, 1);
        });
        Assert.InRange(_table.Space.ReaderWaits, 1, kills);
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
        var status = HashReader<InterruptingMemory>.Read(_table.Space, _table.HashOf(Key), CrashScenarios.Bytes(Key), destination, out _);
        return status == ReadStatus.Found;
    }
}
