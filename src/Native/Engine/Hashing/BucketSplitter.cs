using System.Numerics;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Hashing;

/// <summary>
/// Growth of the index, one bucket at a time, so that no insert pays for more than one split.
/// </summary>
/// <remarks>
/// Protocol: armed {source, partner} → lock the source (tried only; a busy bucket is split by a later writer) → fill the partner and its
/// overflow buckets, <i>born locked</i> and out of reach → THE STORE: the source's meta, one level deeper under a new version, still locked →
/// committed → advance the root → purge the source of what moved → unlock partner and source → free an emptied overflow bucket → idle.
/// Readers that began before the store find the version changed. Those that begin after it are sent on by the source's level, so the purge is
/// invisible to them.
/// A kill before the store leaves a partner of level 0 to be, which recovery empties; after it, recovery goes on. The source's lock keeps
/// everyone else from splitting it, and the next split cannot begin before the root has advanced.
/// </remarks>
internal static unsafe class BucketSplitter<TMemory> where TMemory : struct, ISharedMemory
{
    private const double RowsPerBucket = 3.0;
    private const int DecisionsPerCount = 32;
    private const long AlwaysCounted = 4096;

    /// <summary>Splits the next bucket if there are more rows than the index is meant for.</summary>
    public static void SplitIfCrowded(Writer writer)
    {
        var space = writer.Space;
        var buckets = TMemory.Read(&space.Header->Buckets);
        if (buckets >= TableGeometry.MaximumBuckets(space.Capacity, space.BucketBytes) || RecentCount(writer.Table) < (long)(buckets * RowsPerBucket))
            return;
        try
        {
            space.Grow<TMemory>(Region.Index, TableGeometry.IndexStart + (((long)buckets + 1) * space.BucketBytes));
            TrySplit(writer, buckets);
        }
        catch (TableFullException)
        {
            // The row is in. Without space for the index its chains grow longer until there is.
        }
    }

    private static long RecentCount(TableContext table)
    {
        if (--table.RecentCountUses < 0 || table.RecentCount < AlwaysCounted)
        {
            table.RecentCount = RowCount<TMemory>.Of(table.Space);
            table.RecentCountUses = DecisionsPerCount;
        }
        return table.RecentCount;
    }

    /// <summary>Splits the source of bucket <paramref name="partner"/>, which must be the next to come. False: the source was busy.</summary>
    public static bool TrySplit(Writer writer, ulong partner)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var level = BitOperations.Log2(partner);
        var source = partner ^ (1UL << level);
        var bucket = space.BucketAt(source);
        for (var spares = 0; ; spares++)
        {
            BlockSupply<TMemory>.Ensure(writer, space.OverflowClass, Math.Max(spares, 1));
            if (!TryLockSource(writer, partner, out var meta))
                return false;
            if (meta.Level != level)
            {
                Abandon(journal, bucket, meta);
                return false;
            }
            var needed = space.HasEntries
                ? EntrySplitter<TMemory>.OverflowsNeeded(space, (EntryBucket*)bucket, partner, level + 1)
                : OverflowsNeeded(space, bucket, partner, level + 1);
            if (needed >= 0 && needed <= spares)
            {
                Split(writer, bucket, meta, partner);
                return true;
            }
            Abandon(journal, bucket, meta);
            if (needed < 0)
                return false;
        }
    }

    private static bool TryLockSource(Writer writer, ulong partner, out BucketMeta meta)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var source = partner ^ (1UL << BitOperations.Log2(partner));
        var bucket = space.BucketAt(source);
        TMemory.Fill(&journal->Bucket, source + 1);
        TMemory.Fill(&journal->Partner, partner + 1);
        TMemory.Write(&journal->State, (ulong)JournalState.SplitArmed);
        meta = new BucketMeta(TMemory.Read(&bucket->Meta));
        if (!meta.IsLocked && TMemory.CompareExchange(&bucket->Meta, meta.Bits, meta.LockedBy(writer.Number).Bits))
        {
            if (TMemory.Read(&space.Header->Buckets) == partner)
                return true;
            WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: false);
        }
        TMemory.Write(&journal->State, (ulong)JournalState.Idle);
        return false;
    }

    private static void Abandon(Journal* journal, Bucket* bucket, BucketMeta meta)
    {
        WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: false);
        TMemory.Write(&journal->State, (ulong)JournalState.Idle);
    }

    private static void Split(Writer writer, Bucket* bucket, BucketMeta meta, ulong partnerIndex)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var partner = space.BucketAt(partnerIndex);
        var split = meta.LockedBy(writer.Number).Split();
        if (space.HasEntries)
        {
            split = EntrySplitter<TMemory>.Fill(writer, (EntryBucket*)bucket, (EntryBucket*)partner, partnerIndex, split);
        }
        else
        {
            Fill(writer, bucket, partner, partnerIndex, split.Level);
            TMemory.Fill(&partner->Meta, BucketMeta.Free(split.Level, split.Version).LockedBy(writer.Number).Bits);
        }
        TMemory.Write(&bucket->Meta, split.Bits); // commit; pairs with the second look of HashReader
        TMemory.Release(&journal->State, (ulong)JournalState.SplitCommitted);
        FinishCommitted(writer);
    }

    /// <summary>What follows the commit; also the whole of recovery after it. Every step may be repeated.</summary>
    public static void FinishCommitted(Writer writer)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var source = TMemory.Read(&journal->Bucket);
        var partner = TMemory.Read(&journal->Partner);
        if (WriterLock<TMemory>.IsHeld(writer, source, out var bucket, out var meta))
        {
            if (TMemory.Read(&space.Header->Buckets) == partner - 1)
                TMemory.Release(&space.Header->Buckets, partner); // as long as it is not, nobody but the holder of this lock may advance it
            if (space.HasEntries)
                EntrySplitter<TMemory>.Purge(space, journal, (EntryBucket*)bucket, source - 1, meta.Level);
            else
                Purge(space, journal, bucket, source - 1, meta.Level);
            WriterLock<TMemory>.ReleaseIfHeld(writer, partner);
            WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: true);
        }
        BlockAllocator<TMemory>.Free(space, journal, new BlockName(TMemory.Read(&journal->Old)));
        TMemory.Fill(&journal->Chain, 0);
        JournalSteps<TMemory>.Rest(journal);
    }

    /// <summary>Undoes a split that did not come to its commit. The source's lock is held or was never taken.</summary>
    public static void Undo(Writer writer)
    {
        var journal = writer.Journal;
        var source = TMemory.Read(&journal->Bucket);
        if (WriterLock<TMemory>.IsHeld(writer, source, out var bucket, out var meta))
        {
            FreeFilled(writer.Space, journal);
            WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: false);
        }
        JournalSteps<TMemory>.Rest(journal);
    }

    /// <summary>Frees the overflow buckets of the partner, from the one that was taken last. That one may not have been taken yet.</summary>
    private static void FreeFilled(TableSpace space, Journal* journal)
    {
        var watch = default(CycleWatch);
        while (true)
        {
            var first = new BlockName(TMemory.Read(&journal->Chain));
            if (first.IsNone)
                return;
            if (watch.HasReturned(first.Offset))
                throw Damage.Circle(space, first.Offset);
            if (!space.IsInSlabs(first.Offset, space.BucketBytes, (long)TMemory.Read(&space.Header->SlabsReserved)))
                throw Damage.Link(space, first.Offset);
            var next = space.HasEntries ? EntrySplitter<TMemory>.NextFilled(space, first) : NextFilled(space, first);
            TMemory.Write(&journal->Freed, first.Bits);
            TMemory.Release(&journal->Chain, next.Bits);
            BlockAllocator<TMemory>.Free(space, journal, first);
            TMemory.Release(&journal->Freed, 0);
        }
    }

    private static BlockName NextFilled(TableSpace space, BlockName overflow)
    {
        var next = new Reference(TMemory.Read(&((Bucket*)space.At(overflow.Offset))->References[Bucket.LastLane]));
        return next.IsOverflow ? BlockName.Of(next.Offset, SizeClasses.Bucket) : default;
    }

    private static int OverflowsNeeded(TableSpace space, Bucket* bucket, ulong partner, int level)
    {
        var moving = 0;
        PrefetchRecords(space, bucket);
        foreach (var reference in new ChainLanes<TMemory>(space, bucket))
        {
            if (Moves(space, reference, partner, level))
                moving++;
        }
        return moving <= Bucket.Lanes ? 0 : ((moving - Bucket.Lanes) + (Bucket.Lanes - 2)) / (Bucket.Lanes - 1);
    }

    /// <summary>
    /// Fills the partner's lanes with what moves. What does not fit goes to overflow buckets, built from the end of the chain, each linking
    /// to the one before; the journal names the first of them.
    /// </summary>
    private static void Fill(Writer writer, Bucket* bucket, Bucket* partner, ulong partnerIndex, int level)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var target = partner;
        var lane = 0;
        var overflows = OverflowsNeeded(space, bucket, partnerIndex, level);
        var room = overflows == 0 ? Bucket.Lanes : Bucket.LastLane;
        for (var empty = 0; empty < Bucket.Lanes; empty++)
            TMemory.Fill(&partner->References[empty], 0);
        foreach (var reference in new ChainLanes<TMemory>(space, bucket))
        {
            if (!Moves(space, reference, partnerIndex, level))
                continue;
            if (lane == room)
            {
                target = AddOverflow(space, journal);
                room = RoomBesideLink(target);
                lane = 0;
            }
            TMemory.Fill(&target->References[lane++], reference.Bits);
        }
        var first = new BlockName(TMemory.Read(&journal->Chain));
        if (!first.IsNone)
            TMemory.Fill(&partner->References[Bucket.LastLane], Reference.ToOverflow(first.Offset).Bits);
    }

    private static int RoomBesideLink(Bucket* overflow) =>
        new Reference(TMemory.Read(&overflow->References[Bucket.LastLane])).IsOverflow ? Bucket.LastLane : Bucket.Lanes;

    private static Bucket* AddOverflow(TableSpace space, Journal* journal)
    {
        var block = BlockAllocator<TMemory>.Peek(journal, SizeClasses.Bucket);
        var overflow = (Bucket*)space.At(block.Offset);
        TakeChained(space, journal, block, &overflow->References[Bucket.LastLane]);
        for (var empty = 0; empty < Bucket.LastLane; empty++)
            TMemory.Fill(&overflow->References[empty], 0);
        return overflow;
    }

    /// <summary>
    /// Takes an overflow bucket for the partner, in front of those taken before. The journal names it, and it leads on to them, before it is taken: a free
    /// block's link lies elsewhere. So a kill leaves none that the journal does not lead to.
    /// </summary>
    /// <param name="space">The table.</param>
    /// <param name="journal">The journal that splits.</param>
    /// <param name="block">The bucket.</param>
    /// <param name="link">Its word that leads to the next one.</param>
    public static void TakeChained(TableSpace space, Journal* journal, BlockName block, ulong* link)
    {
        var first = new BlockName(TMemory.Read(&journal->Chain));
        TMemory.Fill(link, first.IsNone ? 0 : Reference.ToOverflow(first.Offset).Bits);
        TMemory.Write(&journal->Chain, block.Bits);
        BlockAllocator<TMemory>.Take(space, journal, block);
    }

    /// <summary>Empties the lanes whose rows have moved, and unlinks the last overflow bucket if nothing is left in it.</summary>
    private static void Purge(TableSpace space, Journal* journal, Bucket* bucket, ulong source, int level)
    {
        var lanes = bucket;
        var watch = default(CycleWatch);
        ulong* link = null;
        while (true)
        {
            var left = 0;
            ulong* next = null;
            Bucket* overflow = null;
            for (var lane = 0; lane < Bucket.Lanes; lane++)
            {
                var address = &lanes->References[lane];
                var reference = new Reference(TMemory.Read(address));
                if (reference.IsOverflow)
                {
                    next = address;
                    overflow = ChainLanes<TMemory>.Follow(space, reference, lane, ref watch);
                }
                else if (!reference.IsEmpty && !HashIndex<TMemory>.Holds(source, level, HashOf(space, reference)))
                    TMemory.Release(address, 0);
                else if (!reference.IsEmpty)
                    left++;
            }
            if (next == null)
            {
                if (left == 0 && link != null)
                    Unlink(space, journal, link);
                return;
            }
            link = next;
            lanes = overflow;
        }
    }

    /// <summary>One overflow bucket at most, which the journal names first, so that a repetition knows it.</summary>
    private static void Unlink(TableSpace space, Journal* journal, ulong* link)
    {
        var block = BlockName.Of(new Reference(TMemory.Read(link)).Offset, SizeClasses.Bucket);
        var named = TMemory.Read(&journal->Old);
        if (named != 0 && named != block.Bits)
            return;
        TMemory.Write(&journal->Old, block.Bits);
        TMemory.Release(link, 0);
    }

    private static bool Moves(TableSpace space, Reference reference, ulong partner, int level) =>
        HashIndex<TMemory>.Holds(partner, level, HashOf(space, reference));

    private static ulong HashOf(TableSpace space, Reference reference)
    {
        if (!Record<TMemory>.TryReadHeader(space, reference.Offset, (long)TMemory.Read(&space.Header->SlabsReserved), out var header))
            throw Damage.Link(space, reference.Offset);
        return KeyHash.Of(Record<TMemory>.Key(space, reference.Offset, header), space.Header->HashSeed0, space.Header->HashSeed1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchRecords(TableSpace space, Bucket* bucket)
    {
        for (var lane = 0; lane < Bucket.Lanes; lane++)
            Prefetch.Line(space.At(new Reference(bucket->References[lane]).Offset));
    }
}
