using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Entries;

/// <summary>
/// The chain behind a bucket of entries: first the pending records, then the overflow buckets. So a bucket whose link is not pending has no batch
/// under way, and a row found in its own lanes counts at once.
/// </summary>
internal static unsafe class EntryChain<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>
    /// Where a link leads on to. False: it cannot be followed, because it is out of date or the file is damaged. For a pending record its header
    /// and batch come along.
    /// </summary>
    public static bool TryNext(TableSpace space, long slabsEnd, Reference link, out RecordHeader header, out BatchId batch, out Reference next)
    {
        header = default;
        batch = default;
        next = default;
        if (link.IsPending)
            return Record<TMemory>.TryReadHeader(space, link.Offset, slabsEnd, out header)
                && PendingReads<TMemory>.TryReadBatch(space, slabsEnd, link.Offset, header, out next, out batch);
        if (!link.IsOverflow || !space.IsInSlabs(link.Offset, TableGeometry.EntryBucketBytes, slabsEnd))
            return false;
        next = new Reference(TMemory.Read(&((EntryBucket*)space.At(link.Offset))->Link));
        return true;
    }

    /// <summary>The word of the chain behind the pending records: where a fresh overflow bucket goes. The bucket is locked.</summary>
    public static ulong* OverflowWord(TableSpace space, EntryBucket* bucket)
    {
        var word = &bucket->Link;
        var watch = default(CycleWatch);
        for (var link = new Reference(TMemory.Read(word)); link.IsPending; link = new Reference(TMemory.Read(word)))
            word = NextWord(space, link, ref watch);
        return word;
    }

    /// <summary>The word that holds what a link leads on to: the place to unlink what follows it.</summary>
    /// <exception cref="CorruptTableException">The chain leads outside, or in a circle.</exception>
    public static ulong* NextWord(TableSpace space, Reference link, ref CycleWatch watch)
    {
        if (!TryNext(space, (long)TMemory.Read(&space.Header->SlabsReserved), link, out var header, out _, out _))
            throw Damage.Link(space, link.Offset);
        if (watch.HasReturned(link.Offset))
            throw Damage.Circle(space, link.Offset);
        return link.IsPending ? &Record<TMemory>.Trailer(space, link.Offset, header)->Previous : &((EntryBucket*)space.At(link.Offset))->Link;
    }

    /// <summary>The next bucket of a chain in which no batch is under way, or null at its end.</summary>
    /// <exception cref="CorruptTableException">The chain leads outside, or in a circle.</exception>
    public static EntryBucket* NextBucket(TableSpace space, EntryBucket* bucket, ref CycleWatch watch)
    {
        var link = new Reference(TMemory.Read(&bucket->Link));
        if (link.IsEmpty)
            return null;
        if (link.IsPending)
            throw Damage.Link(space, link.Offset);
        NextWord(space, link, ref watch);
        return (EntryBucket*)space.At(link.Offset);
    }
}
