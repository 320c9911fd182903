using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Hashing;

/// <summary>
/// Goes through all rows without a store: the cursor is a position in the order of the bit-reversed hashes, and each step takes one bucket's chain.
/// </summary>
/// <remarks>
/// A bucket of level l holds one interval of that order, and a split cuts its interval in two. So a cursor means the same whatever splits
/// meanwhile, and each row that is present throughout is seen exactly once: what lies before the cursor is skipped, and so is what lies behind
/// the interval, which a split has moved and not purged yet.
/// </remarks>
internal static unsafe class HashScanner<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Fills the page with the rows of the interval at the cursor and moves the cursor behind it. False: that was the last one.</summary>
    public static bool Next(TableSpace space, ref ulong cursor, ScanPage page)
    {
        var lost = default(LostAttempts<TMemory>);
        var first = Reverse(cursor);
        while (true)
        {
            page.Clear();
            var buckets = TMemory.Read(&space.Header->Buckets); // before the level, which may be ahead of it and never behind
            var index = HashIndex<TMemory>.Locate(space, first, HashIndex<TMemory>.Hint(space, first), out var meta);
            if (meta.Level < HashIndex<TMemory>.LevelOf(index, buckets))
                throw Damage.Of(space, $"bucket {index} has level {meta.Level}, which is too low for {buckets} buckets");
            if (space.HasEntries ? EntryScanner<TMemory>.TryCopy(space, index, meta, cursor, page) : TryCopy(space, index, meta, cursor, page))
            {
                var next = (Reverse(index) | (ulong.MaxValue >> meta.Level)) + 1;
                cursor = next;
                return next != 0;
            }
            lost.Add(space, first);
        }
    }

    private static bool TryCopy(TableSpace space, ulong index, BucketMeta meta, ulong cursor, ScanPage page)
    {
        var bucket = space.BucketAt(index);
        var slabsEnd = (long)TMemory.Read(&space.Header->SlabsReserved);
        var lanes = bucket;
        var watch = default(CycleWatch);
        while (true)
        {
            var last = default(Reference);
            for (var lane = 0; lane < Bucket.Lanes; lane++)
            {
                var address = &lanes->References[lane];
                var reference = new Reference(TMemory.Read(address));
                last = reference; // read once: a row that is copied here may move into an overflow bucket the next moment
                if (reference.IsEmpty || reference.IsOverflow)
                    continue;
                if (!Record<TMemory>.TryReadHeader(space, reference.Offset, slabsEnd, out var header))
                    return HashReader<TMemory>.Unreadable(space, bucket, meta, address, reference, slabsEnd);
                var offset = reference.Offset;
                if (reference.IsPending && !PendingReads<TMemory>.TryResolve(space, slabsEnd, ref offset, ref header))
                    return HashReader<TMemory>.Unreadable(space, bucket, meta, address, reference, slabsEnd);
                if (offset == 0)
                    continue;
                TMemory.ReadBarrier();
                if (!meta.SameContents(TMemory.Read(&bucket->Meta)) || TMemory.Read(address) != reference.Bits)
                    return false; // before anything is allocated for a length that may be out of date
                Copy(space, offset, header, cursor, Reverse(index) | (ulong.MaxValue >> meta.Level), page);
            }
            if (!last.IsOverflow)
                break;
            if (!space.IsInSlabs(last.Offset, TableGeometry.BucketBytes, slabsEnd) || watch.HasReturned(last.Offset))
                return HashReader<TMemory>.Unreadable(space, bucket, meta, &lanes->References[Bucket.LastLane], last, slabsEnd);
            lanes = (Bucket*)space.At(last.Offset);
        }
        TMemory.ReadBarrier();
        return meta.SameContents(TMemory.Read(&bucket->Meta));
    }

    private static void Copy(TableSpace space, long offset, RecordHeader header, ulong cursor, ulong end, ScanPage page)
    {
        var key = Record<TMemory>.Key(space, offset, header);
        if (Reverse(KeyHash.Of(key, space.Header->HashSeed0, space.Header->HashSeed1)) - cursor > end - cursor)
            return;
        var row = page.Add(header.KeyBytes, (int)header.ValueBytes);
        key.CopyTo(row);
        Record<TMemory>.CopyValue(space, offset, header, row[header.KeyBytes..]);
    }

    public static ulong Reverse(ulong value)
    {
        value = ((value >> 1) & 0x5555_5555_5555_5555) | ((value & 0x5555_5555_5555_5555) << 1);
        value = ((value >> 2) & 0x3333_3333_3333_3333) | ((value & 0x3333_3333_3333_3333) << 2);
        value = ((value >> 4) & 0x0F0F_0F0F_0F0F_0F0F) | ((value & 0x0F0F_0F0F_0F0F_0F0F) << 4);
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }
}
