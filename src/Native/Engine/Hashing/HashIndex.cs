using System.Numerics;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Hashing;

/// <summary>
/// Linear hashing: which bucket a hash belongs to.
/// </summary>
/// <remarks>
/// The root (the number of buckets) is a hint. The truth is each bucket's level: a bucket of level l holds the hashes whose low l bits are its number.
/// A bucket of level 0 has not been filled yet and sends to its parent; a hash that has moved on sends to the partner of the split that moved it.
/// </remarks>
internal static unsafe class HashIndex<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>The bucket that the root names for this hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hint(TableSpace space, ulong hash)
    {
        var buckets = TMemory.Read(&space.Header->Buckets);
        if (buckets - 1 >= space.ReservedBuckets<TMemory>())
            throw CorruptRoot(space, buckets);
        return Pick(hash, buckets);
    }

    /// <summary>
    /// The hash's low bits, one more than the doublings passed where that bucket exists already. Without a branch, which would be a coin's toss.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pick(ulong hash, ulong buckets)
    {
        var doubled = 1UL << BitOperations.Log2(buckets);
        var index = hash & ((doubled << 1) - 1);
        var exists = (ulong)((long)(index - buckets) >> 63); // all ones if index < buckets
        return index & (exists | (doubled - 1));
    }

    /// <summary>Asks for the cache line of the bucket that the root names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(TableSpace space, ulong hash) => Engine.Prefetch.Line(space.BucketAt(Pick(hash, TMemory.Read(&space.Header->Buckets))));

    /// <summary>Follows the levels from a hint to the bucket that holds the hash now, and the meta word that says so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Locate(TableSpace space, ulong hash, ulong hint, out BucketMeta meta)
    {
        meta = new BucketMeta(TMemory.Read(&space.BucketAt(hint)->Meta));
        return meta.Level != 0 && Holds(hint, meta.Level, hash) ? hint : Follow(space, hash, hint, out meta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(ulong index, int level, ulong hash) => ((hash ^ index) & ((1UL << level) - 1)) == 0;

    /// <summary>How deep a bucket is when the index has so many buckets; the splits since then have made it deeper only.</summary>
    public static int LevelOf(ulong index, ulong buckets)
    {
        var level = BitOperations.Log2(buckets);
        var doubled = 1UL << level;
        return index < buckets - doubled || index >= doubled ? level + 1 : level;
    }

    private static ulong Follow(TableSpace space, ulong hash, ulong index, out BucketMeta meta)
    {
        for (var steps = 0; steps < 128; steps++)
        {
            if (index >= space.ReservedBuckets<TMemory>())
                throw CorruptRoot(space, index);
            meta = new BucketMeta(TMemory.Read(&space.BucketAt(index)->Meta));
            if (meta.Level == 0 && index >= 1UL << TableGeometry.InitialLevel)
                index ^= 1UL << BitOperations.Log2(index);
            else if (meta.Level != 0 && Holds(index, meta.Level, hash))
                return index;
            else if (meta.Level == 0)
                break;
            else
                index = hash & ((2UL << BitOperations.TrailingZeroCount(hash ^ index)) - 1);
        }
        throw new CorruptTableException($"Table file '{space.Path}': bucket {index} leads nowhere for hash {hash:x16}. Verify the file.");
    }

    private static CorruptTableException CorruptRoot(TableSpace space, ulong buckets) =>
        new($"Table file '{space.Path}': the root names bucket {buckets}, which lies beyond the reserved index. Verify the file.");
}
