using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Entries;

/// <summary>Optimistic reads of entries: one bucket is one cache miss.</summary>
/// <remarks>
/// Protocol: meta word and link → pending records of the key, wherever in the chain → lanes → meta word again, ignoring the lock. A lane is used
/// for another key only after its row was deleted, which moves the version. A committed pending record counts whatever the lanes say, so that
/// settling can bring them up to date unseen. Pairs with the stores of <see cref="EntryWriter{TMemory}"/> and <see cref="EntryBatch{TMemory}"/>.
/// </remarks>
internal static unsafe class EntryReader<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Copies the value of a key if it is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadStatus Read(TableSpace space, ulong hash, ReadOnlySpan<byte> key, Span<byte> destination, out int length)
    {
        length = space.Format.ValueBytes;
        if (key.Length != space.Format.KeyBytes)
            return ReadStatus.Missing;
        var word = Record<TMemory>.PackSmall(key);
        var status = TryReadAtOnce(space, hash, word, out var value) is var quick and >= 0
            ? (ReadStatus)quick
            : ReadPatiently(space, hash, key, word, out value);
        if (status != ReadStatus.Found)
            return status;
        if (destination.Length < length)
            return ReadStatus.DestinationTooSmall;
        if (length == sizeof(ulong))
            Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(destination), value);
        else
            EntryKeys<TMemory>.BytesOf(in value, length).CopyTo(destination);
        return ReadStatus.Found;
    }

    /// <summary>The common case alone: the root is up to date, no batch is under way in the bucket, and its own lanes answer. -1 for any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TryReadAtOnce(TableSpace space, ulong hash, ulong key, out ulong value)
    {
        value = 0;
        var buckets = TMemory.Read(&space.Header->Buckets);
        if (buckets - 1 >= space.ReservedBuckets<TMemory>())
            return -1;
        var index = HashIndex<TMemory>.Pick(hash, buckets);
        var bucket = space.EntriesAt(index);
        var meta = new BucketMeta(TMemory.Read(&bucket->Meta));
        if (meta.Level == 0 || !HashIndex<TMemory>.Holds(index, meta.Level, hash))
            return -1;
        var link = new Reference(TMemory.Read(&bucket->Link));
        var lanes = EntryKeys<TMemory>.Matches(bucket, key) & meta.Occupied;
        if (link.IsPending || (lanes == 0 && !link.IsEmpty))
            return -1;
        var status = (int)ReadStatus.Missing;
        if (lanes != 0)
        {
            value = TMemory.Read(&bucket->Values[BitOperations.TrailingZeroCount(lanes)]);
            status = (int)ReadStatus.Found;
        }
        TMemory.ReadBarrier();
        return meta.SameContents(TMemory.Read(&bucket->Meta)) ? status : -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadStatus ReadPatiently(TableSpace space, ulong hash, ReadOnlySpan<byte> key, ulong word, out ulong value)
    {
        ReadStatus status;
        var lost = default(LostAttempts<TMemory>);
        while (!TryRead(space, hash, key, word, out status, out value))
            lost.Add(space, hash);
        return status;
    }

    private static bool TryRead(TableSpace space, ulong hash, ReadOnlySpan<byte> key, ulong word, out ReadStatus status, out ulong value)
    {
        var index = HashIndex<TMemory>.Locate(space, hash, HashIndex<TMemory>.Hint(space, hash), out var meta);
        var bucket = space.EntriesAt(index);
        var slabsEnd = (long)TMemory.Read(&space.Header->SlabsReserved);
        var link = new Reference(TMemory.Read(&bucket->Link));
        status = ReadStatus.Missing;
        value = 0;
        if (!TryFindPending(space, slabsEnd, link, key, out var committed, out var isTombstone, out value))
            return HashReader<TMemory>.Unreadable(space, (Bucket*)bucket, meta, &bucket->Link, link, slabsEnd);
        if (committed)
            status = isTombstone ? ReadStatus.Missing : ReadStatus.Found;
        else if (!TryFindLane(space, slabsEnd, bucket, meta, link, word, ref status, ref value))
            return HashReader<TMemory>.Unreadable(space, (Bucket*)bucket, meta, &bucket->Link, link, slabsEnd);
        TMemory.ReadBarrier();
        return meta.SameContents(TMemory.Read(&bucket->Meta));
    }

    /// <summary>Looks for a committed pending record of the key in the chain. False: something has moved, or the file is damaged.</summary>
    private static bool TryFindPending(
        TableSpace space, long slabsEnd, Reference link, ReadOnlySpan<byte> key, out bool committed, out bool isTombstone, out ulong value)
    {
        committed = false;
        isTombstone = false;
        value = 0;
        var watch = default(CycleWatch);
        while (!link.IsEmpty)
        {
            if (!EntryChain<TMemory>.TryNext(space, slabsEnd, link, out var header, out var batch, out var next) || watch.HasReturned(link.Offset))
                return false;
            if (link.IsPending && Record<TMemory>.HasKey(space, link.Offset, header, key))
            {
                var decision = new BatchWord(TMemory.Read(&space.JournalAt(batch.Journal)->Batch));
                if (decision.Number != batch.Number)
                    return false;
                committed = decision.State == BatchWord.Committed;
                isTombstone = header.IsTombstone;
                if (!isTombstone)
                    value = TMemory.Read(Record<TMemory>.ValueWord(space, link.Offset, header));
                return true;
            }
            link = next;
        }
        return true;
    }

    private static bool TryFindLane(
        TableSpace space, long slabsEnd, EntryBucket* bucket, BucketMeta meta, Reference link, ulong key, ref ReadStatus status, ref ulong value)
    {
        var occupied = meta.Occupied;
        var watch = default(CycleWatch);
        while (true)
        {
            var lanes = EntryKeys<TMemory>.Matches(bucket, key) & occupied;
            if (lanes != 0)
            {
                value = TMemory.Read(&bucket->Values[BitOperations.TrailingZeroCount(lanes)]);
                status = ReadStatus.Found;
                return true;
            }
            while (link.IsPending)
            {
                if (watch.HasReturned(link.Offset) || !EntryChain<TMemory>.TryNext(space, slabsEnd, link, out _, out _, out link))
                    return false;
            }
            if (link.IsEmpty)
                return true;
            if (watch.HasReturned(link.Offset) || !EntryChain<TMemory>.TryNext(space, slabsEnd, link, out _, out _, out var next))
                return false;
            bucket = (EntryBucket*)space.At(link.Offset);
            occupied = new BucketMeta(TMemory.Read(&bucket->Meta)).Occupied;
            link = next;
        }
    }
}
