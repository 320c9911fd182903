using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Journals;

/// <summary>The steps that operations share, each a few stores of the protocol told with <see cref="Journal"/>.</summary>
internal static unsafe class JournalSteps<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Says what is about to happen. The registers are empty, as every operation leaves them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Arm(Journal* journal, JournalState state) => TMemory.Fill(&journal->State, (ulong)state);

    /// <summary>Empties the registers and is idle. Everything they named is settled, so a kill between leaves nothing to do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rest(Journal* journal)
    {
        TMemory.Write(&journal->Old, 0);
        TMemory.Fill(&journal->New, 0);
        TMemory.Fill(&journal->Spare, 0);
        TMemory.Fill(&journal->Lane, 0);
        TMemory.Write(&journal->State, (ulong)JournalState.Idle);
    }

    /// <summary>
    /// A lane for a new row: a free one, or the last one of the chain, whose row moves into a fresh overflow bucket together with the new one.
    /// <paramref name="store"/> becomes what to store in that lane.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong* FindRoom(TableSpace space, Journal* journal, in LaneSearch search, ref Reference store) =>
        search.FreeLane != null ? search.FreeLane : AddOverflow(space, journal, search, ref store);

    private static ulong* AddOverflow(TableSpace space, Journal* journal, in LaneSearch search, ref Reference store)
    {
        var block = BlockAllocator<TMemory>.Peek(journal, SizeClasses.Bucket);
        TMemory.Fill(&journal->Spare, block.Bits);
        BlockAllocator<TMemory>.Take(space, journal, block);
        var overflow = (Bucket*)space.At(block.Offset);
        TMemory.Fill(&overflow->References[0], TMemory.Read(search.LastLane));
        TMemory.Fill(&overflow->References[1], store.Bits);
        for (var lane = 2; lane < Bucket.Lanes; lane++)
            TMemory.Fill(&overflow->References[lane], 0);
        store = Reference.ToOverflow(block.Offset);
        return search.LastLane;
    }

    /// <summary>The commit of one row: what it will be is in the journal before the one store that makes it so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Publish(TableSpace space, Journal* journal, ulong* lane, ulong store, ulong countAfter)
    {
        TMemory.Fill(&journal->Store, store);
        TMemory.Fill(&journal->CountAfter, countAfter);
        TMemory.Write(&journal->Lane, (ulong)space.OffsetOf(lane));
        TMemory.Write(lane, store); // commit; pairs with the lane reads of HashReader
        TMemory.Write(&journal->State, (ulong)JournalState.Committed);
    }

    /// <summary>What follows the commit of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(TableSpace space, Journal* journal, Bucket* bucket, BucketMeta meta)
    {
        TMemory.Fill(&journal->Count, TMemory.Read(&journal->CountAfter));
        var old = new BlockName(TMemory.Read(&journal->Old));
        WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: !old.IsNone);
        BlockAllocator<TMemory>.Free(space, journal, old);
        Rest(journal);
    }

    /// <summary>Whether the store that the journal announces is in place.</summary>
    public static bool IsPublished(TableSpace space, Journal* journal)
    {
        var lane = (long)TMemory.Read(&journal->Lane);
        return lane != 0 && TMemory.Read(space.Word(lane)) == TMemory.Read(&journal->Store);
    }

    /// <summary>Ends an operation that stored nothing in a lane; a block that was filled beforehand goes back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Abandon(TableSpace space, Journal* journal)
    {
        var unused = new BlockName(TMemory.Read(&journal->New));
        if (!unused.IsNone)
        {
            BlockAllocator<TMemory>.Free(space, journal, unused);
            TMemory.Write(&journal->New, 0);
        }
        TMemory.Release(&journal->State, (ulong)JournalState.Idle);
    }

    /// <summary>Whether a value of this length may replace the one that is there by one store.</summary>
    public static bool FitsInPlace(RecordHeader header, int length) => length is > 0 and <= sizeof(ulong) && header.ValueBytes == (uint)length;

    /// <summary>Takes a block for the new record and fills it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TakeAndFill(TableSpace space, Journal* journal, int sizeClass, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var block = BlockAllocator<TMemory>.Peek(journal, sizeClass);
        TMemory.Write(&journal->New, block.Bits);
        BlockAllocator<TMemory>.Take(space, journal, block);
        Record<TMemory>.Fill(space, block, flags: 0, key, value);
    }
}
