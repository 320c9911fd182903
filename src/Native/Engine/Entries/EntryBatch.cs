using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Entries;

/// <summary>
/// Batches over entries. The protocol is that of <see cref="BatchWriter{TMemory}"/> and <see cref="BatchSettlement{TMemory}"/>, but a pending record
/// lies in the chain behind its bucket, in front of everything else, and outweighs the lanes once its batch is committed.
/// </summary>
/// <remarks>
/// Settling brings the lanes up to date while the record still outweighs them, so nobody can notice; then one store unlinks it. A repetition
/// finds the record linked and does the same again.
/// </remarks>
internal static unsafe class EntryBatch<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Places one record. False: what is there is not what the batch asks for.</summary>
    /// <remarks>
    /// A row that is there keeps its lane, since the record locks its key. A new one may find every lane taken by the time it is settled, so the journal
    /// must have an overflow bucket at hand before: one for the whole batch, since each settled record gives back a block of that size.
    /// </remarks>
    public static bool TryPlace(
        Writer writer, in BatchRecord record, in BatchGroup group, TableFullException? lacking, bool onlyIfAllNew, ref long count, ref int crowded)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var format = space.Format;
        if (group.Key.Length != format.KeyBytes || (!group.IsTombstone && group.ValueBytes != format.ValueBytes))
            throw new TableSchemaException(
                $"Table '{writer.Table.Name}' has rows of {format.KeyBytes} and {format.ValueBytes} bytes; a row of the batch has {group.Key.Length} and {group.ValueBytes}.");
        EntryWriter<TMemory>.LockRow(writer, group.Hash, group.Key, out var bucket, out var meta, out var search);
        var exists = search.Found != null;
        var current = exists ? new ReadOnlySpan<byte>(search.Value, format.ValueBytes) : default;
        if (!group.Accepts(exists, current, onlyIfAllNew))
            return false;
        var counter = group.NeedsEvaluation ? group.Evaluate(exists, current) : 0;
        if (exists || !group.IsTombstone)
        {
            if (lacking is not null && !exists)
                throw lacking;
            if (group.HasCounters)
                TMemory.Fill(record.ValueWord<TMemory>(space), (ulong)counter);
            var link = &((EntryBucket*)bucket)->Link;
            var store = Reference.ToPending(record.Offset, hash: 0);
            TMemory.Fill(&record.Trailer<TMemory>(space)->Previous, TMemory.Read(link));
            TMemory.Write(link, store.Bits); // places; readers go by the lanes until the batch is committed
            count += group.IsTombstone ? -1 : exists ? 0 : 1;
            if (!exists && search.Occupied + 1 >= EntryBucket.Lanes - 1)
                crowded++;
        }
        WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: false);
        return true;
    }

    /// <summary>Settles one record: the lanes first, if the batch is committed, then the record is unlinked.</summary>
    public static void Settle(Writer writer, in BatchRecord record, bool committed)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var key = record.Key<TMemory>(space);
        WriterLock<TMemory>.LockBucket(writer, KeyHash.Of(key, space.Header->HashSeed0, space.Header->HashSeed1), out var locked);
        var bucket = (EntryBucket*)locked;
        TMemory.Fill(&journal->New, record.Block.Bits);
        if (FindLinkTo(space, bucket, record.Offset) != null)
        {
            if (committed)
                UpdateLanes(space, journal, bucket, key, record);
            var link = FindLinkTo(space, bucket, record.Offset);
            TMemory.Write(link, TMemory.Read(&record.Trailer<TMemory>(space)->Previous)); // unlinks; the lanes say the same by now
        }
        TMemory.Release(&journal->State, (ulong)JournalState.BatchEntrySettled);
        WriterLock<TMemory>.ReleaseIfHeld(writer, TMemory.Read(&journal->Bucket));
    }

    /// <summary>After a kill while the bucket was held: an overflow bucket that was taken is linked by now, or free again.</summary>
    public static void SettleSpare(Writer writer, EntryBucket* bucket)
    {
        var spare = new BlockName(TMemory.Read(&writer.Journal->Spare));
        if (spare.IsNone)
            return;
        if (TMemory.Read(EntryChain<TMemory>.OverflowWord(writer.Space, bucket)) == Reference.ToOverflow(spare.Offset).Bits)
            TMemory.Release(&writer.Journal->Spare, 0);
        else
            JournalRecovery<TMemory>.FreeRegister(writer.Space, writer.Journal, &writer.Journal->Spare);
    }

    private static void UpdateLanes(TableSpace space, Journal* journal, EntryBucket* bucket, ReadOnlySpan<byte> key, in BatchRecord record)
    {
        EntrySearch.Find<TMemory>(space, bucket, key, out var search);
        if (record.Header.IsTombstone)
        {
            if (search.Found == null)
                return;
            var meta = new BucketMeta(TMemory.Read(&search.Found->Meta));
            TMemory.Write(&search.Found->Meta, meta.WithOccupied(meta.Occupied & ~search.LaneBit).Bits);
            return;
        }
        var value = TMemory.Read(record.ValueWord<TMemory>(space));
        if (search.Found != null)
        {
            TMemory.Write(search.Value, value);
        }
        else if (search.Room != null)
        {
            TMemory.Write(&search.Room->Meta, EntryWriter<TMemory>.FillLane(search.Room, Record<TMemory>.PackSmall(key), value).Bits);
        }
        else
        {
            var link = EntryChain<TMemory>.OverflowWord(space, bucket);
            var overflow = EntryWriter<TMemory>.TakeOverflow(space, journal, link, Record<TMemory>.PackSmall(key), value);
            TMemory.Write(link, overflow.Bits);
            TMemory.Release(&journal->Spare, 0);
        }
    }

    /// <summary>The word of the chain that leads to a pending record, or null if it is not in the chain.</summary>
    private static ulong* FindLinkTo(TableSpace space, EntryBucket* bucket, long record)
    {
        var word = &bucket->Link;
        var watch = default(CycleWatch);
        for (var link = new Reference(TMemory.Read(word)); !link.IsEmpty; link = new Reference(TMemory.Read(word)))
        {
            if (link.IsPending && link.Offset == record)
                return word;
            word = EntryChain<TMemory>.NextWord(space, link, ref watch);
        }
        return null;
    }
}
