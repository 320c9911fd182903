using System.Numerics;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Entries;

/// <summary>What a writer finds in a bucket of entries that it has locked.</summary>
internal unsafe struct EntrySearch
{
    /// <summary>The bucket of the chain that has the key, or null.</summary>
    public EntryBucket* Found;

    /// <summary>The lane of the key in it.</summary>
    public int Lane;

    /// <summary>A bucket of the chain with a free lane, or null.</summary>
    public EntryBucket* Room;

    /// <summary>The batch that holds the key, if any.</summary>
    public BatchId Batch;

    public bool IsPending;

    /// <summary>How many rows the chain has, as far as the search went.</summary>
    public int Occupied;

    public readonly ulong* Value => &Found->Values[Lane];

    public readonly uint LaneBit => 1U << Lane;

    /// <summary>Searches the chain of a locked bucket for a key, and for a batch that holds it.</summary>
    /// <exception cref="CorruptTableException">A link leads outside, or in a circle.</exception>
    public static void Find<TMemory>(TableSpace space, EntryBucket* bucket, ReadOnlySpan<byte> key, out EntrySearch search)
        where TMemory : struct, ISharedMemory
    {
        search = default;
        var word = Record<TMemory>.PackSmall(key);
        search.Look<TMemory>(bucket, word);
        var link = new Reference(TMemory.Read(&bucket->Link));
        if (link.IsEmpty)
            return;
        var slabsEnd = (long)TMemory.Read(&space.Header->SlabsReserved);
        var watch = default(CycleWatch);
        while (!link.IsEmpty)
        {
            if (!EntryChain<TMemory>.TryNext(space, slabsEnd, link, out var header, out var batch, out var next))
                throw Damage.Link(space, link.Offset);
            if (watch.HasReturned(link.Offset))
                throw Damage.Circle(space, link.Offset);
            if (!link.IsPending)
            {
                search.Look<TMemory>((EntryBucket*)space.At(link.Offset), word);
            }
            else if (Record<TMemory>.HasKey(space, link.Offset, header, key))
            {
                search.IsPending = true;
                search.Batch = batch;
            }
            link = next;
        }
    }

    private void Look<TMemory>(EntryBucket* bucket, ulong key) where TMemory : struct, ISharedMemory
    {
        var occupied = new BucketMeta(TMemory.Read(&bucket->Meta)).Occupied;
        Occupied += BitOperations.PopCount(occupied);
        if (Room == null && occupied != (1U << EntryBucket.Lanes) - 1)
            Room = bucket;
        var lanes = EntryKeys<TMemory>.Matches(bucket, key) & occupied;
        if (lanes != 0)
        {
            Found = bucket;
            Lane = BitOperations.TrailingZeroCount(lanes);
        }
    }
}
