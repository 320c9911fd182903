using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Entries;

/// <summary>Keys of entries: compared as words, hashed as the bytes that they encode.</summary>
internal static unsafe class EntryKeys<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>A bit for each lane whose key is this one, occupied or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Matches(EntryBucket* bucket, ulong key)
    {
        if (typeof(TMemory) != typeof(ProcessMemory) || !Vector256.IsHardwareAccelerated)
            return OneByOne(bucket, key);
        var wanted = Vector256.Create(key);
        var low = Vector256.Equals(Vector256.Load((ulong*)bucket), wanted).ExtractMostSignificantBits();
        var high = Vector256.Equals(Vector256.Load((ulong*)bucket + Vector256<ulong>.Count), wanted).ExtractMostSignificantBits();
        TMemory.ReadBarrier();
        return (low | (high << Vector256<ulong>.Count)) >> 1; // the first word is the meta word
    }

    /// <summary>The hash of a key that is stored as a word.</summary>
    public static ulong HashOf(TableSpace space, ulong key) =>
        KeyHash.Of(BytesOf(in key, space.Format.KeyBytes), space.Header->HashSeed0, space.Header->HashSeed1);

    public static ReadOnlySpan<byte> BytesOf(ref readonly ulong word, int length) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in word))[..length];

    private static uint OneByOne(EntryBucket* bucket, ulong key)
    {
        var mask = 0U;
        for (var lane = 0; lane < EntryBucket.Lanes; lane++)
        {
            if (TMemory.Read(&bucket->Keys[lane]) == key)
                mask |= 1U << lane;
        }
        return mask;
    }
}
