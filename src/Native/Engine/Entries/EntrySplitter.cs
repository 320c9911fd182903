using System.Numerics;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Entries;

/// <summary>
/// What a split does to buckets of entries; the protocol is that of <see cref="BucketSplitter{TMemory}"/>. The committing store of the source's meta word
/// also gives up the lanes that have moved, so only overflow buckets are left to purge.
/// </summary>
internal static unsafe class EntrySplitter<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>How many overflow buckets the partner needs, or -1 if a batch is under way in the bucket: a later writer splits it.</summary>
    public static int OverflowsNeeded(TableSpace space, EntryBucket* source, ulong partner, int level)
    {
        if (new Reference(TMemory.Read(&source->Link)).IsPending)
            return -1;
        var moving = 0;
        var watch = default(CycleWatch);
        for (var bucket = source; bucket != null; bucket = EntryChain<TMemory>.NextBucket(space, bucket, ref watch))
            moving += BitOperations.PopCount(LanesOf(space, bucket, partner, level));
        return moving <= EntryBucket.Lanes ? 0 : (moving - 1) / EntryBucket.Lanes;
    }

    /// <summary>Fills the partner with what moves, and says what the source's meta word will be: one level deeper, without the lanes that moved.</summary>
    public static BucketMeta Fill(Writer writer, EntryBucket* source, EntryBucket* partner, ulong partnerIndex, BucketMeta split)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var target = partner;
        var occupied = 0U;
        var watch = default(CycleWatch);
        for (var bucket = source; bucket != null; bucket = EntryChain<TMemory>.NextBucket(space, bucket, ref watch))
        {
            for (var lanes = LanesOf(space, bucket, partnerIndex, split.Level); lanes != 0; lanes &= lanes - 1)
            {
                if (BitOperations.PopCount(occupied) == EntryBucket.Lanes)
                {
                    Complete(partner, target, occupied, split, writer.Number);
                    target = AddOverflow(space, journal);
                    occupied = 0;
                }
                var from = BitOperations.TrailingZeroCount(lanes);
                var to = BitOperations.PopCount(occupied);
                TMemory.Fill(&target->Keys[to], TMemory.Read(&bucket->Keys[from]));
                TMemory.Fill(&target->Values[to], TMemory.Read(&bucket->Values[from]));
                occupied |= 1U << to;
            }
        }
        Complete(partner, target, occupied, split, writer.Number);
        var first = new BlockName(TMemory.Read(&journal->Chain));
        TMemory.Fill(&partner->Link, first.IsNone ? 0 : Reference.ToOverflow(first.Offset).Bits);
        return split.WithOccupied(split.Occupied & ~LanesOf(space, source, partnerIndex, split.Level));
    }

    /// <summary>The next of the overflow buckets that have been filled for a partner.</summary>
    public static BlockName NextFilled(TableSpace space, BlockName overflow)
    {
        var next = new Reference(TMemory.Read(&((EntryBucket*)space.At(overflow.Offset))->Link));
        return next.IsEmpty ? default : BlockName.Of(next.Offset, SizeClasses.EntryBucket);
    }

    /// <summary>Gives up what has moved in overflow buckets, and unlinks one that is empty then. A batch may have come since: its records stay.</summary>
    public static void Purge(TableSpace space, Journal* journal, EntryBucket* source, ulong index, int level)
    {
        var word = &source->Link;
        ulong* emptied = null;
        var watch = default(CycleWatch);
        for (var link = new Reference(TMemory.Read(word)); !link.IsEmpty; link = new Reference(TMemory.Read(word)))
        {
            var next = EntryChain<TMemory>.NextWord(space, link, ref watch);
            if (!link.IsPending)
            {
                var overflow = (EntryBucket*)space.At(link.Offset);
                var meta = new BucketMeta(TMemory.Read(&overflow->Meta));
                var staying = LanesOf(space, overflow, index, level);
                if (staying != meta.Occupied)
                    TMemory.Release(&overflow->Meta, meta.WithOccupied(staying).Bits);
                if (staying == 0 && MayUnlink(journal, link))
                    emptied = word;
            }
            word = next;
        }
        if (emptied != null)
            Unlink(space, journal, emptied);
    }

    private static bool MayUnlink(Journal* journal, Reference link)
    {
        var named = new BlockName(TMemory.Read(&journal->Old));
        return named.IsNone || named.Offset == link.Offset;
    }

    /// <summary>One overflow bucket at most, which the journal names first, so that a repetition knows it.</summary>
    private static void Unlink(TableSpace space, Journal* journal, ulong* word)
    {
        var link = new Reference(TMemory.Read(word));
        TMemory.Write(&journal->Old, BlockName.Of(link.Offset, SizeClasses.EntryBucket).Bits);
        TMemory.Release(word, TMemory.Read(&((EntryBucket*)space.At(link.Offset))->Link));
    }

    private static void Complete(EntryBucket* partner, EntryBucket* target, uint occupied, BucketMeta split, int journal)
    {
        var meta = target == partner ? BucketMeta.Free(split.Level, split.Version).LockedBy(journal) : default;
        TMemory.Fill(&target->Meta, meta.WithOccupied(occupied).Bits);
    }

    private static EntryBucket* AddOverflow(TableSpace space, Journal* journal)
    {
        var block = BlockAllocator<TMemory>.Peek(journal, SizeClasses.EntryBucket);
        var overflow = (EntryBucket*)space.At(block.Offset);
        BucketSplitter<TMemory>.TakeChained(space, journal, block, &overflow->Link);
        return overflow;
    }

    /// <summary>The occupied lanes whose keys belong into the bucket of this number at this level.</summary>
    private static uint LanesOf(TableSpace space, EntryBucket* bucket, ulong index, int level)
    {
        var belonging = 0U;
        for (var lanes = new BucketMeta(TMemory.Read(&bucket->Meta)).Occupied; lanes != 0; lanes &= lanes - 1)
        {
            var lane = BitOperations.TrailingZeroCount(lanes);
            if (HashIndex<TMemory>.Holds(index, level, EntryKeys<TMemory>.HashOf(space, TMemory.Read(&bucket->Keys[lane]))))
                belonging |= 1U << lane;
        }
        return belonging;
    }
}
