using System.Numerics;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Entries;

/// <summary>Copies the entries of one bucket, as <see cref="HashScanner{TMemory}"/> asks for them.</summary>
internal static unsafe class EntryScanner<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>One attempt; false if a writer was quicker.</summary>
    public static bool TryCopy(TableSpace space, ulong index, BucketMeta meta, ulong cursor, ScanPage page)
    {
        var end = HashScanner<TMemory>.Reverse(index) | (ulong.MaxValue >> meta.Level);
        var bucket = space.EntriesAt(index);
        var slabsEnd = (long)TMemory.Read(&space.Header->SlabsReserved);
        var link = new Reference(TMemory.Read(&bucket->Link));
        HashSet<ulong>? outweighed = null;
        var first = link;
        if (!link.IsEmpty && !TryCopyPending(space, slabsEnd, link, cursor, end, page, ref outweighed))
            return HashReader<TMemory>.Unreadable(space, (Bucket*)bucket, meta, &bucket->Link, first, slabsEnd);
        CopyLanes(space, bucket, meta.Occupied, cursor, end, page, outweighed);
        var watch = default(CycleWatch);
        while (!link.IsEmpty)
        {
            if (!EntryChain<TMemory>.TryNext(space, slabsEnd, link, out _, out _, out var next) || watch.HasReturned(link.Offset))
                return HashReader<TMemory>.Unreadable(space, (Bucket*)bucket, meta, &bucket->Link, first, slabsEnd);
            if (!link.IsPending)
            {
                var overflow = (EntryBucket*)space.At(link.Offset);
                CopyLanes(space, overflow, new BucketMeta(TMemory.Read(&overflow->Meta)).Occupied, cursor, end, page, outweighed);
            }
            link = next;
        }
        TMemory.ReadBarrier();
        return meta.SameContents(TMemory.Read(&bucket->Meta));
    }

    private static bool TryCopyPending(TableSpace space, long slabsEnd, Reference link, ulong cursor, ulong end, ScanPage page, ref HashSet<ulong>? outweighed)
    {
        var watch = default(CycleWatch);
        while (!link.IsEmpty)
        {
            if (!EntryChain<TMemory>.TryNext(space, slabsEnd, link, out var header, out var batch, out var next) || watch.HasReturned(link.Offset))
                return false;
            if (link.IsPending)
            {
                if (header.KeyBytes != space.Format.KeyBytes || (!header.IsTombstone && header.ValueBytes != space.Format.ValueBytes))
                    return false;
                var decision = new BatchWord(TMemory.Read(&space.JournalAt(batch.Journal)->Batch));
                if (decision.Number != batch.Number)
                    return false;
                if (decision.State == BatchWord.Committed)
                {
                    var key = Record<TMemory>.PackSmall(Record<TMemory>.Key(space, link.Offset, header));
                    (outweighed ??= []).Add(key);
                    if (!header.IsTombstone)
                        Copy(space, key, TMemory.Read(Record<TMemory>.ValueWord(space, link.Offset, header)), cursor, end, page);
                }
            }
            link = next;
        }
        return true;
    }

    private static void CopyLanes(TableSpace space, EntryBucket* bucket, uint occupied, ulong cursor, ulong end, ScanPage page, HashSet<ulong>? outweighed)
    {
        for (var lanes = occupied; lanes != 0; lanes &= lanes - 1)
        {
            var lane = BitOperations.TrailingZeroCount(lanes);
            var key = TMemory.Read(&bucket->Keys[lane]);
            if (outweighed is null || !outweighed.Contains(key))
                Copy(space, key, TMemory.Read(&bucket->Values[lane]), cursor, end, page);
        }
    }

    private static void Copy(TableSpace space, ulong key, ulong value, ulong cursor, ulong end, ScanPage page)
    {
        if (HashScanner<TMemory>.Reverse(EntryKeys<TMemory>.HashOf(space, key)) - cursor > end - cursor)
            return;
        var format = space.Format;
        var row = page.Add(format.KeyBytes, format.ValueBytes);
        EntryKeys<TMemory>.BytesOf(in key, format.KeyBytes).CopyTo(row);
        EntryKeys<TMemory>.BytesOf(in value, format.ValueBytes).CopyTo(row[format.KeyBytes..]);
    }
}
