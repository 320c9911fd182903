using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Hashing;

/// <summary>Compares the tags of a bucket's seven references with a hash's.</summary>
internal static unsafe class TagSearch<TMemory> where TMemory : struct, ISharedMemory
{
    private const int TagShift = 48;

    /// <summary>
    /// A bit for each lane whose tag is the hash's, lane 0 first. Only a hint: each lane that counts is read again.
    /// A lane that holds a row throughout has its bit, since every 8-byte part of the wide loads is read whole.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Candidates(Bucket* bucket, ulong hash)
    {
        if (typeof(TMemory) != typeof(ProcessMemory) || !Vector256.IsHardwareAccelerated)
            return OneByOne(bucket, hash);
        var wanted = Vector256.Create(hash);
        var low = (Vector256.Load((ulong*)bucket) ^ wanted) >>> TagShift;
        var high = (Vector256.Load((ulong*)bucket + Vector256<ulong>.Count) ^ wanted) >>> TagShift;
        var mask = Vector256.Equals(low, Vector256<ulong>.Zero).ExtractMostSignificantBits()
            | (Vector256.Equals(high, Vector256<ulong>.Zero).ExtractMostSignificantBits() << Vector256<ulong>.Count);
        TMemory.ReadBarrier();
        return mask >> 1; // the first word is the meta word
    }

    private static uint OneByOne(Bucket* bucket, ulong hash)
    {
        var mask = 0U;
        for (var lane = 0; lane < Bucket.Lanes; lane++)
        {
            if (new Reference(TMemory.Read(&bucket->References[lane])).MayMatch(hash))
                mask |= 1U << lane;
        }
        return mask;
    }
}
