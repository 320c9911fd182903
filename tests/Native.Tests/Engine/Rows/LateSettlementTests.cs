using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>A batch over a bucket that a process holds when it is stopped, between the batch's commit and its settling.</summary>
public sealed unsafe class LateSettlementTests
{
    private static readonly byte[] Key = "a"u8.ToArray();

    [Fact]
    public void A_batch_that_a_stopped_process_kept_from_settling_is_settled_when_that_one_goes_on_though_its_writer_writes_no_more()
    {
        using var table = new TemporaryTable();
        var (other, batching, stopped) = (table.File, table.OpenAgain(), table.OpenAgain());
        other.Insert(Key, "1"u8);
        batching.WriterPatience = TimeSpan.FromMilliseconds(5);
        var holder = Commit(batching, "2"u8, () => HoldBucket(stopped));
        Assert.Equal("2"u8.ToArray(), other.Get(Key));
        other.WriterPatience = TimeSpan.FromMilliseconds(5);
        Assert.Throws<TableBusyException>(() => other.Insert(Key, "3"u8));

        LetGo(stopped, holder);
        other.WriterPatience = TimeSpan.FromSeconds(30);
        other.Insert(Key, "3"u8);
        Assert.Equal("3"u8.ToArray(), other.Get(Key));
        table.RequireSound(1);
    }

    [Fact]
    public void A_batch_of_an_owner_that_has_given_its_table_away_meanwhile_is_settled_all_the_same()
    {
        using var table = new TemporaryTable();
        using var words = new RawWords(table.Path);
        var (giver, successor, stopped) = (table.File, table.OpenAgain(), table.OpenAgain());
        var epoch = TemporaryTable.Own(giver).Epoch;
        giver.Insert(Key, "1"u8);
        giver.WriterPatience = TimeSpan.FromMilliseconds(5);
        var holder = Commit(giver, "2"u8, () => HoldBucket(stopped));
        words.Access = AccessWord.Of(TableAccess.Protected).Bits; // as if the stopped one had gone on for a moment
        Assert.True(giver.TryGiveAway(epoch, out var offered));
        Assert.True(successor.TryAccept(offered.Epoch));
        LetGo(stopped, holder);
        successor.Insert(Key, "3"u8);
        Assert.Equal("3"u8.ToArray(), giver.Get(Key));
    }

    [Fact]
    public void A_file_is_closed_while_a_batch_waits_to_be_settled_and_then_anybody_settles_it()
    {
        using var table = new TemporaryTable();
        var (batching, stopped) = (table.OpenAgain(), table.OpenAgain());
        table.File.Insert(Key, "1"u8);
        batching.WriterPatience = TimeSpan.FromMilliseconds(5);
        var holder = Commit(batching, "2"u8, () => HoldBucket(stopped));
        batching.Dispose();
        LetGo(stopped, holder);
        table.File.Insert(Key, "3"u8);
        table.File.RecoverDead();
        table.RequireSound(1);
    }

    [Fact]
    public void A_dead_writer_whose_batch_a_stopped_process_is_in_the_way_of_is_left_and_all_others_are_settled()
    {
        using var table = new TemporaryTable();
        var (first, second, stopped) = (table.OpenAgain(), table.OpenAgain(), table.OpenAgain());
        table.File.Insert(Key, "1"u8);
        first.WriterPatience = table.File.WriterPatience = TimeSpan.FromMilliseconds(5);
        var holder = Commit(first, "2"u8, () => HoldBucket(stopped));
        second.Insert("b"u8, "1"u8);
        first.Abandon();
        second.Abandon();
        Assert.Throws<TableBusyException>(() => table.File.RecoverDead());
        Assert.Equal(3, table.File.Participants().Count); // the table's own, the stopped one and the one that is left
        LetGo(stopped, holder);
        Assert.Equal(1, table.File.RecoverDead());
        Assert.Equal("2"u8.ToArray(), table.File.Get(Key));
        table.RequireSound(2);
    }

    private delegate (int Place, nint Bucket) Stop();

    /// <summary>Commits a batch as <see cref="TableFile.Commit"/> does, and has something happen behind the store that commits it.</summary>
    private static (int Place, nint Bucket) Commit(TableFile file, ReadOnlySpan<byte> value, Stop stop)
    {
        var plan = new BatchPlan();
        plan.Insert(Key, value);
        var writer = file.EnterWrite(out var place);
        var held = default((int, nint));
        try
        {
            CommittingMemory.Behind(&writer.Journal->Batch, () => held = stop());
            Assert.True(BatchWriter<CommittingMemory>.Commit(writer, plan, onlyIfAllNew: false));
        }
        finally
        {
            file.ExitWrite(place);
        }
        return held;
    }

    private static (int Place, nint Bucket) HoldBucket(TableFile file)
    {
        var writer = file.EnterWrite(out var place);
        var header = writer.Space.Header;
        WriterLock<ProcessMemory>.LockBucket(writer, KeyHash.Of(Key, header->HashSeed0, header->HashSeed1), out var bucket);
        return (place, (nint)bucket);
    }

    private static void LetGo(TableFile file, (int Place, nint Bucket) held)
    {
        var bucket = (Bucket*)held.Bucket;
        WriterLock<ProcessMemory>.UnlockBucket(bucket, new BucketMeta(bucket->Meta), unlinked: false);
        file.ExitWrite(held.Place);
    }
}
