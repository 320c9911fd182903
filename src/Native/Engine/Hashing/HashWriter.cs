using System.Numerics;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Operations;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Hashing;

/// <summary>
/// Operations on one row. The protocol and what a kill leaves are told with <see cref="Journal"/>.
/// </summary>
/// <remarks>
/// Under one hold of the lock readers can notice one store: that of the lane, or, where the value is at most 8 bytes and keeps its length,
/// that of the value's word. Whatever is thrown inside leaves the journal to be settled like that of a dead writer.
/// Blocks are asked for before the lock, since what asks for more space must hold none. Where there is no space, only those operations fail that turn out to
/// need it: a value that changes in place needs no block, and most rows no overflow bucket.
/// </remarks>
internal static unsafe class HashWriter<TMemory> where TMemory : struct, ISharedMemory
{
    private const int CopiedUnderTheLock = 512;
    private const int CrowdedBucket = Bucket.Lanes - 1;

    /// <summary>Runs an operation on the row of a key.</summary>
    /// <returns>What it decided.</returns>
    public static RowDecision Apply<TOperation>(Writer writer, ulong hash, ReadOnlySpan<byte> key, ref TOperation operation)
        where TOperation : struct, IRowOperation, allows ref struct
    {
        try
        {
            bool crowded;
            var freedClass = -1;
            var decision = writer.Space.HasEntries
                ? EntryWriter<TMemory>.Run(writer, hash, key, ref operation, out crowded)
                : Run(writer, hash, key, ref operation, out crowded, out freedClass);
            if (freedClass >= 0)
                BlockSupply<TMemory>.GiveSurplus(writer, freedClass);
            if (crowded)
                BucketSplitter<TMemory>.SplitIfCrowded(writer);
            return decision;
        }
        catch
        {
            JournalRecovery<TMemory>.Settle(writer);
            throw;
        }
    }

    private static RowDecision Run<TOperation>(
        Writer writer, ulong hash, ReadOnlySpan<byte> key, ref TOperation operation, out bool crowded, out int freedClass)
        where TOperation : struct, IRowOperation, allows ref struct
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var sizeClass = operation.ValueBytes < 0 ? -1 : SizeClasses.ClassOf(Record<TMemory>.BlockBytes(key.Length, operation.ValueBytes, trailer: false));
        var lackingBlock = sizeClass < 0 ? null : BlockSupply<TMemory>.TryEnsure(writer, sizeClass);
        var lackingOverflow = sizeClass < 0 ? null : BlockSupply<TMemory>.TryEnsureOverflow(writer, sizeClass);
        PrefetchRecord(space, hash);
        JournalSteps<TMemory>.Arm(journal, JournalState.Armed);
        if (lackingBlock is null && operation.ValueIsKnown && operation.ValueBytes > CopiedUnderTheLock)
            JournalSteps<TMemory>.TakeAndFill(space, journal, sizeClass, key, operation.Value);

        LockRow(writer, hash, key, out var bucket, out var meta, out var search);
        crowded = false;
        freedClass = -1;
        var exists = search.Lane != null;
        var current = exists
            ? new ReadOnlySpan<byte>(Record<TMemory>.ValueWord(space, search.Reference.Offset, search.Header), (int)search.Header.ValueBytes)
            : default;
        var decision = operation.Decide(exists, current);
        if (decision == RowDecision.Remove && !exists)
            decision = RowDecision.Keep;
        if (decision == RowDecision.Keep)
        {
            WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: false);
            JournalSteps<TMemory>.Abandon(space, journal);
            return decision;
        }
        if (decision == RowDecision.Store && exists && JournalSteps<TMemory>.FitsInPlace(search.Header, operation.Value.Length))
        {
            TMemory.Write(Record<TMemory>.ValueWord(space, search.Reference.Offset, search.Header), Record<TMemory>.PackSmall(operation.Value));
            WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: false);
            JournalSteps<TMemory>.Abandon(space, journal);
            return decision;
        }

        var store = default(Reference);
        if (decision == RowDecision.Store)
        {
            if (lackingBlock is not null)
                throw lackingBlock;
            if (TMemory.Read(&journal->New) == 0)
                JournalSteps<TMemory>.TakeAndFill(space, journal, sizeClass, key, operation.Value);
            store = Reference.ToRecord(new BlockName(TMemory.Read(&journal->New)).Offset, hash);
        }
        var count = TMemory.Read(&journal->Count);
        if (exists)
        {
            TMemory.Fill(&journal->Old, BlockName.Of(search.Reference.Offset, search.Header.SizeClass).Bits);
            freedClass = search.Header.SizeClass;
            JournalSteps<TMemory>.Publish(space, journal, search.Lane, store.Bits, decision == RowDecision.Remove ? count - 1 : count);
        }
        else
        {
            crowded = search.Occupied + 1 >= CrowdedBucket;
            if (lackingOverflow is not null && search.FreeLane == null)
                throw lackingOverflow;
            var lane = JournalSteps<TMemory>.FindRoom(space, journal, search, ref store);
            JournalSteps<TMemory>.Publish(space, journal, lane, store.Bits, count + 1);
        }
        JournalSteps<TMemory>.Finish(space, journal, bucket, meta);
        return decision;
    }

    /// <summary>Locks the row of a key, waiting for the batch that holds it, if any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LockRow(Writer writer, ulong hash, ReadOnlySpan<byte> key, out Bucket* bucket, out BucketMeta meta, out LaneSearch search)
    {
        var patience = default(Patience);
        while (true)
        {
            meta = WriterLock<TMemory>.LockBucket(writer, hash, out bucket);
            LaneSearch.Find<TMemory>(writer.Space, bucket, hash, key, out search);
            if (search.Lane == null || !search.Reference.IsPending)
                return;
            var readable = PendingReads<TMemory>.TryReadBatch(
                writer.Space, (long)TMemory.Read(&writer.Space.Header->SlabsReserved), search.Reference.Offset, search.Header, out _, out var batch);
            WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: false);
            if (!readable)
                throw new CorruptTableException($"Table file '{writer.Space.Path}': the record at {search.Reference.Offset:x} names no batch. Verify the file.");
            WriterLock<TMemory>.WaitFor(writer, batch.Journal, ref patience);
        }
    }

    /// <summary>
    /// Asks for the record that is probably meant, before the lock's exchange, behind which nothing would be read ahead. What is read here counts for nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchRecord(TableSpace space, ulong hash)
    {
        var buckets = TMemory.Read(&space.Header->Buckets);
        if (buckets - 1 >= space.ReservedBuckets<TMemory>())
            return;
        var bucket = space.BucketAt(HashIndex<TMemory>.Pick(hash, buckets));
        var candidates = TagSearch<TMemory>.Candidates(bucket, hash);
        if (candidates == 0)
            return;
        var record = space.At(new Reference(TMemory.Read(&bucket->References[BitOperations.TrailingZeroCount(candidates)])).Offset);
        Prefetch.Line(record);
        Prefetch.Line(record + TableGeometry.BucketBytes);
    }
}
