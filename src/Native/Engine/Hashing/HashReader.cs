using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Hashing;

/// <summary>
/// Optimistic reads: no store, no lock, no slot, so a read-only mapping suffices and nobody, living or dead, makes a reader wait.
/// </summary>
/// <remarks>
/// Protocol: meta word → lanes → bounds → copy → meta word and lane again. The copy counts if the meta word shows the same version and level
/// (the lock is ignored) and the lane still holds the same reference. It is right because (1) under one hold of the lock readers can notice one
/// store only; (2) whatever was unlinked moves the version with the unlock, before the block can be used again. Pairs with the stores of
/// <see cref="HashWriter{TMemory}"/>, <see cref="BucketSplitter{TMemory}"/> and <see cref="BatchWriter{TMemory}"/>.
/// A pending reference leads to a record that names what stood there before, and a batch; the batch's word decides between the two.
/// A reader that keeps losing to writers backs off: lock-free, not wait-free.
/// </remarks>
internal static unsafe class HashReader<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Copies the value of a key, if it is there and fits. <paramref name="length"/> is the value's, unless the key is missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadStatus Read(TableSpace space, ulong hash, ReadOnlySpan<byte> key, Span<byte> destination, out int length) =>
        TryReadAtOnce(space, hash, key, destination, out length) is var status && status >= 0
            ? (ReadStatus)status
            : ReadPatiently(space, hash, key, destination, out length);

    /// <summary>
    /// The same protocol for the common case alone: the root is up to date, the first lane with the right tag has the key, no batch is under way
    /// and nothing has changed. Few instructions, so that the processor overlaps the cache misses of several reads.
    /// </summary>
    /// <returns>A <see cref="ReadStatus"/>, or -1 for any other case.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TryReadAtOnce(TableSpace space, ulong hash, ReadOnlySpan<byte> key, Span<byte> destination, out int length)
    {
        length = 0;
        var header = space.Header;
        var buckets = TMemory.Read(&header->Buckets);
        if (buckets - 1 >= space.ReservedBuckets<TMemory>())
            return -1;
        var index = HashIndex<TMemory>.Pick(hash, buckets);
        var bucket = space.BucketAt(index);
        var meta = new BucketMeta(TMemory.Read(&bucket->Meta));
        if (meta.Level == 0 || !HashIndex<TMemory>.Holds(index, meta.Level, hash))
            return -1;
        var candidates = TagSearch<TMemory>.Candidates(bucket, hash);
        if (candidates == 0)
        {
            var last = new Reference(TMemory.Read(&bucket->References[Bucket.LastLane]));
            TMemory.ReadBarrier();
            return last.IsOverflow || !meta.SameContents(TMemory.Read(&bucket->Meta)) ? -1 : (int)ReadStatus.Missing;
        }
        var lane = &bucket->References[BitOperations.TrailingZeroCount(candidates)];
        var reference = new Reference(TMemory.Read(lane));
        var slabsEnd = (long)TMemory.Read(&header->SlabsReserved);
        var valueOffset = RecordHeader.ValueOffset(key.Length);
        if (reference.HasFlags || !space.IsInSlabs(reference.Offset, valueOffset + sizeof(ulong), slabsEnd))
            return -1;
        var record = space.At(reference.Offset);
        var first = new RecordHeader(TMemory.Read((ulong*)record));
        if (first.KeyBytes != key.Length || !Record<TMemory>.KeyEquals(record + RecordHeader.Bytes, key))
            return -1;
        length = (int)first.ValueBytes;
        if ((uint)length > (uint)destination.Length || reference.Offset + valueOffset + length > slabsEnd)
            return -1;
        if (length == sizeof(ulong))
            Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(destination), TMemory.Read((ulong*)(record + valueOffset)));
        else if (length > sizeof(ulong) && length == destination.Length) // a length that the compiler often knows
            Unsafe.CopyBlockUnaligned(ref MemoryMarshal.GetReference(destination), ref *(record + valueOffset), (uint)destination.Length);
        else
            Record<TMemory>.CopyValueOf(record + valueOffset, length, destination);
        TMemory.ReadBarrier();
        return meta.SameContents(TMemory.Read(&bucket->Meta)) && TMemory.Read(lane) == reference.Bits ? (int)ReadStatus.Found : -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadStatus ReadPatiently(TableSpace space, ulong hash, ReadOnlySpan<byte> key, Span<byte> destination, out int length)
    {
        ReadStatus status;
        var lost = default(LostAttempts<TMemory>);
        while (!TryRead(space, hash, key, destination, copy: true, out status, out length))
            lost.Add(space, hash);
        return status;
    }

    /// <summary>Whether the key is there.</summary>
    public static bool Contains(TableSpace space, ulong hash, ReadOnlySpan<byte> key)
    {
        ReadStatus status;
        var lost = default(LostAttempts<TMemory>);
        while (!TryRead(space, hash, key, default, copy: false, out status, out _))
            lost.Add(space, hash);
        return status == ReadStatus.Found;
    }

    /// <summary>One attempt, in any case; false if a writer was quicker.</summary>
    private static bool TryRead(
        TableSpace space, ulong hash, ReadOnlySpan<byte> key, Span<byte> destination, bool copy, out ReadStatus status, out int length)
    {
        var index = HashIndex<TMemory>.Locate(space, hash, HashIndex<TMemory>.Hint(space, hash), out var meta);
        var bucket = space.BucketAt(index);
        var slabsEnd = (long)TMemory.Read(&space.Header->SlabsReserved);
        var lanes = bucket;
        var watch = default(CycleWatch);
        status = ReadStatus.Missing;
        length = 0;
        while (true)
        {
            for (var candidates = TagSearch<TMemory>.Candidates(lanes, hash); candidates != 0; candidates &= candidates - 1)
            {
                var address = &lanes->References[BitOperations.TrailingZeroCount(candidates)];
                var reference = new Reference(TMemory.Read(address));
                if (!reference.MayMatch(hash) || reference.IsEmpty || reference.IsOverflow)
                    continue;
                if (!Record<TMemory>.TryReadHeader(space, reference.Offset, slabsEnd, out var header))
                    return Unreadable(space, bucket, meta, address, reference, slabsEnd);
                if (!Record<TMemory>.HasKey(space, reference.Offset, header, key))
                    continue;
                var offset = reference.Offset;
                if (reference.IsPending && !PendingReads<TMemory>.TryResolve(space, slabsEnd, ref offset, ref header))
                    return Unreadable(space, bucket, meta, address, reference, slabsEnd);
                if (offset != 0)
                {
                    status = ReadStatus.Found;
                    length = (int)header.ValueBytes;
                    if (copy && (uint)length > (uint)destination.Length)
                        status = ReadStatus.DestinationTooSmall;
                    else if (copy)
                        Record<TMemory>.CopyValue(space, offset, header, destination);
                }
                TMemory.ReadBarrier();
                return meta.SameContents(TMemory.Read(&bucket->Meta)) && TMemory.Read(address) == reference.Bits;
            }
            var last = new Reference(TMemory.Read(&lanes->References[Bucket.LastLane]));
            if (!last.IsOverflow)
                break;
            if (!space.IsInSlabs(last.Offset, TableGeometry.BucketBytes, slabsEnd) || watch.HasReturned(last.Offset))
                return Unreadable(space, bucket, meta, &lanes->References[Bucket.LastLane], last, slabsEnd);
            lanes = (Bucket*)space.At(last.Offset);
        }
        TMemory.ReadBarrier();
        return meta.SameContents(TMemory.Read(&bucket->Meta));
    }

    /// <summary>
    /// A reference that cannot be followed to its end: out of date if anything has moved meanwhile, else the file is damaged. What is linked stays
    /// whole until the version has moved, so an unchanged meta word proves that the reference still counts.
    /// </summary>
    internal static bool Unreadable(TableSpace space, Bucket* bucket, BucketMeta meta, ulong* lane, Reference reference, long slabsEnd)
    {
        TMemory.ReadBarrier();
        if (!meta.SameContents(TMemory.Read(&bucket->Meta)) || TMemory.Read(lane) != reference.Bits
            || (long)TMemory.Read(&space.Header->SlabsReserved) != slabsEnd)
            return false;
        throw new CorruptTableException(
            $"Table file '{space.Path}': bucket {space.IndexOf(bucket)} leads to offset {reference.Offset:x}, where nothing can be read. Verify the file.");
    }
}
