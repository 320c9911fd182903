using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Batches;

/// <summary>
/// Several operations as one: all of them or none, for kills and for readers.
/// </summary>
/// <remarks>
/// Protocol. <b>Building</b>: for each key a record is taken, filled, and chained behind the journal; none can be reached.
/// <b>Placing</b>, in the order of the hashes, or of the keys of an ordered table: lock the bucket or leaf, remember in the record what stands in the lane, store a pending reference, unlock.
/// A pending reference locks its key against other writers; readers see through it what was there before.
/// <b>THE STORE</b>: the batch word becomes committed, and every reader sees all of the batch.
/// <b>Settling</b> (<see cref="BatchSettlement{TMemory}"/>): each reference loses its flag, each old record is freed; the batch word's number moves last.
/// A kill before the store undoes every placed reference; after it, settling goes on. Two batches place in the same order, and hold no
/// bucket while they wait for a key, so they cannot wait for each other in a circle.
/// </remarks>
internal static unsafe class BatchWriter<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Runs the batch.</summary>
    /// <param name="writer">The journal that runs it.</param>
    /// <param name="plan">The operations.</param>
    /// <param name="onlyIfAllNew">Do nothing if any of the keys is there already. ETS: <c>insert_new/2</c> with a list.</param>
    /// <returns>False if nothing was done for that reason, or since the table is not as the plan requires.</returns>
    public static bool Commit(Writer writer, BatchPlan plan, bool onlyIfAllNew)
    {
        if (plan.Count == 0)
            return true;
        var header = writer.Space.Header;
        var items = writer.Space.IsOrdered ? plan.SortedByKey() : plan.SortedByHash(header->HashSeed0, header->HashSeed1);
        try
        {
            Build(writer, plan, items);
            if (!TryPlace(writer, plan, items, onlyIfAllNew, out var crowded))
            {
                JournalRecovery<TMemory>.Settle(writer);
                return false;
            }
            CommitPlaced(writer);
            FinishCommitted(writer, crowded);
            return true;
        }
        catch
        {
            JournalRecovery<TMemory>.Settle(writer);
            throw;
        }
    }

    /// <summary>
    /// The batch has happened. If a stopped process holds a bucket that settling needs, the caller is not kept waiting any longer:
    /// the journal is settled before its next use, and its keys stay locked to other writers until then.
    /// </summary>
    private static void FinishCommitted(Writer writer, int crowded)
    {
        try
        {
            BatchSettlement<TMemory>.Settle(writer);
            for (; crowded > 0; crowded--)
                BucketSplitter<TMemory>.SplitIfCrowded(writer);
        }
        catch (TableBusyException)
        {
            JournalRecovery<TMemory>.SettleOperation(writer);
        }
    }

    /// <summary>From the last key to the first, since each record is chained before the others.</summary>
    private static void Build(Writer writer, BatchPlan plan, ReadOnlySpan<BatchItem> items)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var batch = BatchId.Of(writer.Number, new BatchWord(TMemory.Read(&journal->Batch)).Number);
        JournalSteps<TMemory>.Arm(journal, JournalState.BatchBuilding);
        for (var end = items.Length; end > 0;)
        {
            var start = GroupStart(plan, items, end);
            var group = new BatchGroup(plan, items[start..end]);
            end = start;
            var sizeClass = BlockClass(space, group);
            BlockSupply<TMemory>.Ensure(writer, sizeClass);
            var block = BlockAllocator<TMemory>.Peek(journal, sizeClass);
            TMemory.Write(&journal->New, block.Bits);
            BlockAllocator<TMemory>.Take(space, journal, block);
            Fill(space, block, group, batch, TMemory.Read(&journal->Chain));
            TMemory.Write(&journal->Chain, block.Bits);
            TMemory.Release(&journal->New, 0);
        }
    }

    /// <summary>In a table of entries at least an overflow bucket's class: settling a record may take one and gives one back, so it never runs out.</summary>
    private static int BlockClass(TableSpace space, in BatchGroup group)
    {
        var sizeClass = SizeClasses.ClassOf(Record<TMemory>.BlockBytes(group.Key.Length, group.ValueBytes, trailer: true));
        return space.HasEntries ? Math.Max(sizeClass, SizeClasses.EntryBucket) : sizeClass;
    }

    private static int GroupStart(BatchPlan plan, ReadOnlySpan<BatchItem> items, int end)
    {
        var start = end - 1;
        while (start > 0 && plan.SameKey(items[start - 1], items[end - 1]))
            start--;
        return start;
    }

    private static int GroupEnd(BatchPlan plan, ReadOnlySpan<BatchItem> items, int start)
    {
        var end = start + 1;
        while (end < items.Length && plan.SameKey(items[start], items[end]))
            end++;
        return end;
    }

    private static void Fill(TableSpace space, BlockName block, in BatchGroup group, BatchId batch, ulong next)
    {
        Span<byte> zero = stackalloc byte[sizeof(long)];
        zero.Clear();
        var flags = (byte)(RecordHeader.BatchFlag | (group.IsTombstone ? RecordHeader.TombstoneFlag : 0));
        var value = group.HasCounters ? zero[..group.ValueBytes] : group.Value;
        Record<TMemory>.Fill(space, block, flags, group.Key, group.IsTombstone ? default : value);
        var trailer = Record<TMemory>.Trailer(space, block.Offset, RecordHeader.Of(group.Key.Length, group.ValueBytes, block.SizeClass, flags));
        TMemory.Fill(&trailer->Batch, batch.Bits);
        TMemory.Fill(&trailer->Next, next);
    }

    private static bool TryPlace(Writer writer, BatchPlan plan, ReadOnlySpan<BatchItem> items, bool onlyIfAllNew, out int crowded)
    {
        var journal = writer.Journal;
        var count = (long)TMemory.Read(&journal->Count);
        crowded = 0;
        TMemory.Release(&journal->State, (ulong)JournalState.BatchPlacing);
        var block = new BlockName(TMemory.Read(&journal->Chain));
        for (var start = 0; start < items.Length;)
        {
            var end = GroupEnd(plan, items, start);
            var group = new BatchGroup(plan, items[start..end]);
            start = end;
            var record = BatchRecord.Of<TMemory>(writer, block);
            if (!TryPlaceGroup(writer, record, group, onlyIfAllNew, ref count, ref crowded))
                return false;
            block = new BlockName(TMemory.Read(&record.Trailer<TMemory>(writer.Space)->Next));
        }
        TMemory.Fill(&journal->CountAfter, (ulong)count);
        return true;
    }

    private static bool TryPlaceGroup(Writer writer, in BatchRecord record, in BatchGroup group, bool onlyIfAllNew, ref long count, ref int crowded)
    {
        if (writer.Space.IsOrdered)
            return TreeBatch<TMemory>.TryPlace(writer, record, group, onlyIfAllNew, ref count);
        var lacking = BlockSupply<TMemory>.TryEnsureOverflow(writer);
        return writer.Space.HasEntries
            ? EntryBatch<TMemory>.TryPlace(writer, record, group, lacking, onlyIfAllNew, ref count, ref crowded)
            : TryPlaceOne(writer, record, group, lacking, onlyIfAllNew, ref count, ref crowded);
    }

    private static bool TryPlaceOne(
        Writer writer, in BatchRecord record, in BatchGroup group, TableFullException? lacking, bool onlyIfAllNew, ref long count, ref int crowded)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        TMemory.Fill(&journal->Lane, 0);
        HashWriter<TMemory>.LockRow(writer, group.Hash, group.Key, out var bucket, out var meta, out var search);
        var exists = search.Lane != null;
        var current = ValueOf(space, search);
        if (!group.Accepts(exists, current, onlyIfAllNew))
            return false;
        var counter = group.NeedsEvaluation ? group.Evaluate(exists, current) : 0;
        if (exists || !group.IsTombstone)
        {
            if (lacking is not null && !exists && search.FreeLane == null)
                throw lacking;
            if (group.HasCounters)
                TMemory.Fill(record.ValueWord<TMemory>(space), (ulong)counter);
            TMemory.Fill(&record.Trailer<TMemory>(space)->Previous, search.Reference.Bits);
            var store = Reference.ToPending(record.Offset, group.Hash);
            var lane = exists ? search.Lane : JournalSteps<TMemory>.FindRoom(space, journal, search, ref store);
            TMemory.Fill(&journal->Store, store.Bits);
            TMemory.Write(&journal->Lane, (ulong)space.OffsetOf(lane));
            TMemory.Write(lane, store.Bits); // places; readers see the previous record through it until the batch is committed
            TMemory.Release(&journal->Spare, 0);
            count += group.IsTombstone ? -1 : exists ? 0 : 1;
            if (!exists && search.Occupied + 1 >= Bucket.LastLane)
                crowded++;
        }
        WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: false);
        return true;
    }

    private static ReadOnlySpan<byte> ValueOf(TableSpace space, in LaneSearch search) => search.Lane == null
        ? default
        : new ReadOnlySpan<byte>(Record<TMemory>.ValueWord(space, search.Reference.Offset, search.Header), (int)search.Header.ValueBytes);

    private static void CommitPlaced(Writer writer)
    {
        var journal = writer.Journal;
        var word = new BatchWord(TMemory.Read(&journal->Batch));
        TMemory.Write(&journal->Batch, word.With(BatchWord.Committed).Bits); // commit; pairs with PendingReads.TryResolve
    }
}
