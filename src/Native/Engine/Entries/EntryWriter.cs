using System.Numerics;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Operations;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Entries;

/// <summary>
/// Operations on one entry. The protocol is that of <see cref="Journal"/>; the store that commits is the meta word of the bucket that gains or
/// loses the row, or the link to a fresh overflow bucket, or, for a value that is replaced, the value.
/// </summary>
internal static unsafe class EntryWriter<TMemory> where TMemory : struct, ISharedMemory
{
    private const int CrowdedBucket = EntryBucket.Lanes - 1;

    /// <summary>Runs an operation on the entry of a key. Whatever is thrown inside leaves the journal to be settled by the caller.</summary>
    public static RowDecision Run<TOperation>(Writer writer, ulong hash, ReadOnlySpan<byte> key, ref TOperation operation, out bool crowded)
        where TOperation : struct, IRowOperation, allows ref struct
    {
        var space = writer.Space;
        var journal = writer.Journal;
        RequireSizes(writer, key.Length, operation.ValueBytes);
        var lacking = operation.ValueBytes < 0 ? null : BlockSupply<TMemory>.TryEnsureOverflow(writer);
        JournalSteps<TMemory>.Arm(journal, JournalState.Armed);
        LockRow(writer, hash, key, out var bucket, out var meta, out var search);
        crowded = false;
        var exists = search.Found != null;
        var current = exists ? new ReadOnlySpan<byte>(search.Value, space.Format.ValueBytes) : default;
        var decision = operation.Decide(exists, current);
        if (decision == RowDecision.Remove && !exists)
            decision = RowDecision.Keep;
        if (decision == RowDecision.Remove)
        {
            PublishRemoval(space, journal, (EntryBucket*)bucket, search);
            Finish(journal, bucket, unlinked: true);
            return decision;
        }
        if (decision == RowDecision.Store && !exists)
        {
            crowded = search.Occupied + 1 >= CrowdedBucket;
            if (lacking is not null && search.Room == null)
                throw lacking;
            PublishInsert(space, journal, (EntryBucket*)bucket, search, Record<TMemory>.PackSmall(key), Record<TMemory>.PackSmall(operation.Value));
            Finish(journal, bucket, unlinked: false);
            return decision;
        }
        if (decision == RowDecision.Store)
            TMemory.Write(search.Value, Record<TMemory>.PackSmall(operation.Value)); // commit; one word, so readers see the old or the new value
        WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: false);
        TMemory.Write(&journal->State, (ulong)JournalState.Idle);
        return decision;
    }

    /// <summary>Locks the row of a key, waiting for the batch that holds it, if any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LockRow(Writer writer, ulong hash, ReadOnlySpan<byte> key, out Bucket* bucket, out BucketMeta meta, out EntrySearch search)
    {
        var patience = default(Patience);
        while (true)
        {
            meta = WriterLock<TMemory>.LockBucket(writer, hash, out bucket);
            EntrySearch.Find<TMemory>(writer.Space, (EntryBucket*)bucket, key, out search);
            if (!search.IsPending)
                return;
            WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: false);
            WriterLock<TMemory>.WaitFor(writer, search.Batch.Journal, ref patience);
        }
    }

    /// <summary>Fills a free lane and makes it occupied, or links a fresh overflow bucket that holds the row.</summary>
    private static void PublishInsert(TableSpace space, Journal* journal, EntryBucket* bucket, in EntrySearch search, ulong key, ulong value)
    {
        var countAfter = TMemory.Read(&journal->Count) + 1;
        if (search.Room != null)
        {
            var occupied = FillLane(search.Room, key, value);
            JournalSteps<TMemory>.Publish(space, journal, &search.Room->Meta, occupied.Bits, countAfter);
            return;
        }
        var link = EntryChain<TMemory>.OverflowWord(space, bucket);
        var overflow = TakeOverflow(space, journal, link, key, value);
        JournalSteps<TMemory>.Publish(space, journal, link, overflow.Bits, countAfter);
    }

    private static void PublishRemoval(TableSpace space, Journal* journal, EntryBucket* bucket, in EntrySearch search)
    {
        var meta = new BucketMeta(TMemory.Read(&search.Found->Meta));
        var without = meta.WithOccupied(meta.Occupied & ~search.LaneBit);
        JournalSteps<TMemory>.Publish(space, journal, &search.Found->Meta, without.Bits, TMemory.Read(&journal->Count) - 1);
    }

    /// <summary>Fills the first free lane of a bucket; nobody sees it until the returned meta word is stored.</summary>
    public static BucketMeta FillLane(EntryBucket* room, ulong key, ulong value)
    {
        var meta = new BucketMeta(TMemory.Read(&room->Meta));
        var lane = BitOperations.TrailingZeroCount(~meta.Occupied);
        TMemory.Fill(&room->Keys[lane], key);
        TMemory.Fill(&room->Values[lane], value);
        return meta.WithOccupied(meta.Occupied | (1U << lane));
    }

    /// <summary>Takes an overflow bucket with one row, which leads on to what this link leads to; storing the result as the link publishes it.</summary>
    public static Reference TakeOverflow(TableSpace space, Journal* journal, ulong* link, ulong key, ulong value)
    {
        var block = BlockAllocator<TMemory>.Peek(journal, SizeClasses.EntryBucket);
        TMemory.Fill(&journal->Spare, block.Bits);
        BlockAllocator<TMemory>.Take(space, journal, block);
        var overflow = (EntryBucket*)space.At(block.Offset);
        TMemory.Fill(&overflow->Meta, default(BucketMeta).WithOccupied(1).Bits);
        TMemory.Fill(&overflow->Keys[0], key);
        TMemory.Fill(&overflow->Values[0], value);
        TMemory.Fill(&overflow->Link, TMemory.Read(link));
        return Reference.ToOverflow(block.Offset);
    }

    private static void Finish(Journal* journal, Bucket* bucket, bool unlinked)
    {
        TMemory.Fill(&journal->Count, TMemory.Read(&journal->CountAfter));
        WriterLock<TMemory>.UnlockBucket(bucket, new BucketMeta(TMemory.Read(&bucket->Meta)), unlinked);
        JournalSteps<TMemory>.Rest(journal);
    }

    private static void RequireSizes(Writer writer, int keyBytes, int valueBytes)
    {
        var format = writer.Space.Format;
        if (keyBytes != format.KeyBytes || (valueBytes >= 0 && valueBytes != format.ValueBytes))
            throw new TableSchemaException(
                $"Table '{writer.Table.Name}' has rows of {format.KeyBytes} and {format.ValueBytes} bytes; this row has {keyBytes} and {Math.Max(valueBytes, 0)}.");
    }
}
