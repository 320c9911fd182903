using System.Numerics;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Hashing;

/// <summary>What a writer finds in a bucket that it has locked: the lane of the key, or where a new row can go.</summary>
internal unsafe struct LaneSearch
{
    /// <summary>The lane of the key, or null.</summary>
    public ulong* Lane;

    /// <summary>What stands in it.</summary>
    public Reference Reference;

    /// <summary>The header of the record it leads to.</summary>
    public RecordHeader Header;

    /// <summary>The first empty lane, or null if the chain is full.</summary>
    public ulong* FreeLane;

    /// <summary>The last lane of the chain, which can lead on to an overflow bucket.</summary>
    public ulong* LastLane;

    /// <summary>How many lanes are in use, as far as the search went.</summary>
    public int Occupied;

    /// <summary>Searches the chain of a locked bucket.</summary>
    /// <exception cref="CorruptTableException">A reference leads outside.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Find<TMemory>(TableSpace space, Bucket* bucket, ulong hash, ReadOnlySpan<byte> key, out LaneSearch search)
        where TMemory : struct, ISharedMemory
    {
        search = default;
        var slabsEnd = (long)TMemory.Read(&space.Header->SlabsReserved);
        var lanes = bucket;
        var watch = default(CycleWatch);
        while (true)
        {
            for (var candidates = TagSearch<TMemory>.Candidates(lanes, hash); candidates != 0; candidates &= candidates - 1)
            {
                var address = &lanes->References[BitOperations.TrailingZeroCount(candidates)];
                var reference = new Reference(TMemory.Read(address));
                if (!reference.MayMatch(hash) || reference.IsEmpty || reference.IsOverflow)
                    continue;
                if (!Record<TMemory>.TryReadHeader(space, reference.Offset, slabsEnd, out var header))
                    throw Damaged(space, bucket, reference);
                if (!Record<TMemory>.HasKey(space, reference.Offset, header, key))
                    continue;
                if (!header.FitsBlock)
                    throw Damaged(space, bucket, reference);
                search.Lane = address;
                search.Reference = reference;
                search.Header = header;
                return;
            }
            search.NoteRoom<TMemory>(lanes);
            search.LastLane = &lanes->References[Bucket.LastLane];
            var last = new Reference(TMemory.Read(search.LastLane));
            if (!last.IsOverflow)
                return;
            if (!space.IsInSlabs(last.Offset, TableGeometry.BucketBytes, slabsEnd) || watch.HasReturned(last.Offset))
                throw Damaged(space, bucket, last);
            lanes = (Bucket*)space.At(last.Offset);
        }
    }

    /// <summary>Counts the lanes in use and remembers the first that is not.</summary>
    private void NoteRoom<TMemory>(Bucket* lanes) where TMemory : struct, ISharedMemory
    {
        for (var lane = 0; lane < Bucket.Lanes; lane++)
        {
            if (TMemory.Read(&lanes->References[lane]) != 0)
                Occupied++;
            else if (FreeLane == null)
                FreeLane = &lanes->References[lane];
        }
    }

    private static CorruptTableException Damaged(TableSpace space, Bucket* bucket, Reference reference) =>
        new($"Table file '{space.Path}': bucket {space.IndexOf(bucket)} refers to offset {reference.Offset:x}, where no record can be. Verify the file.");
}
