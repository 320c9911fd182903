using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Space;

/// <summary>
/// Moves blocks between a journal's lists and what all writers share: the pools of free bundles and the slab cursor.
/// </summary>
/// <remarks>
/// Protocol, under the allocator's lock: transferred → transfer {kind, class} → the store of the shared word → the store of the own list →
/// transfer none → unlock. Only the holder changes the shared words, so recovery compares them with what it finds in the journal:
/// changed means that the own list follows, unchanged means that nothing happened. Called while the writer holds no bucket.
/// </remarks>
internal static unsafe class BlockSupply<TMemory> where TMemory : struct, ISharedMemory
{
    private const long SmallestChunk = 4 << 10;
    private const long LargestChunk = 64 << 10;
    private const int BundleBytes = 64 << 10;
    private const int LargestBundle = 64;

    /// <summary>Makes sure that the journal has this many blocks of a class at hand.</summary>
    /// <exception cref="TableFullException">There is no space left; the journal is as before.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ensure(Writer writer, int sizeClass, int blocks = 1)
    {
        var journal = writer.Journal;
        var free = new BlockList(TMemory.Read(&journal->FreeLists[sizeClass])).Blocks;
        if (free < blocks && free + new BlockList(TMemory.Read(&journal->Chunks[sizeClass])).Blocks < blocks)
            Refill(writer, sizeClass, blocks);
    }

    /// <summary>Asks in the same way for an overflow bucket, beside the block of this class that the row takes before, if any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TableFullException? TryEnsureOverflow(Writer writer, int sizeClass = -1)
    {
        var overflow = writer.Space.OverflowClass;
        return TryEnsure(writer, overflow, sizeClass == overflow ? 2 : 1);
    }

    /// <summary>Asks for blocks that may turn out not to be needed: what has to be thrown if they are is returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TableFullException? TryEnsure(Writer writer, int sizeClass, int blocks = 1)
    {
        var journal = writer.Journal;
        var free = new BlockList(TMemory.Read(&journal->FreeLists[sizeClass])).Blocks;
        return free >= blocks || free + new BlockList(TMemory.Read(&journal->Chunks[sizeClass])).Blocks >= blocks
            ? null
            : TryRefill(writer, sizeClass, blocks);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TableFullException? TryRefill(Writer writer, int sizeClass, int blocks)
    {
        try
        {
            Refill(writer, sizeClass, blocks);
            return null;
        }
        catch (TableFullException error)
        {
            return error;
        }
    }

    /// <summary>Gives a long free list to the pool, so that a writer that only deletes feeds those that only insert.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GiveSurplus(Writer writer, int sizeClass)
    {
        var list = new BlockList(TMemory.Read(&writer.Journal->FreeLists[sizeClass]));
        if (list.Blocks >= BundleOf(sizeClass))
            Give(writer, sizeClass);
    }

    private static int BundleOf(int sizeClass) => Math.Clamp(BundleBytes / SizeClasses.SizeOf(sizeClass), 2, LargestBundle);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Refill(Writer writer, int sizeClass, int blocks)
    {
        var list = new BlockList(TMemory.Read(&writer.Journal->FreeLists[sizeClass]));
        if (list.IsEmpty && TMemory.Read(&writer.Space.Header->Pools[sizeClass]) != 0 && TryTakeBundle(writer, sizeClass))
        {
            Ensure(writer, sizeClass, blocks);
            return;
        }
        MoveChunkToList(writer, sizeClass);
        try
        {
            TakeChunk(writer, sizeClass, blocks);
        }
        catch (TableFullException) when (CollectFromSiblings(writer, sizeClass))
        {
            Ensure(writer, sizeClass, blocks);
        }
    }

    /// <summary>The rest of a chunk becomes free blocks, so that the chunk's word can hold a new one.</summary>
    private static void MoveChunkToList(Writer writer, int sizeClass)
    {
        var journal = writer.Journal;
        while (true)
        {
            var chunk = new BlockList(TMemory.Read(&journal->Chunks[sizeClass]));
            if (chunk.IsEmpty)
                return;
            var block = BlockName.Of(chunk.First, sizeClass);
            TMemory.Write(&journal->Freed, block.Bits);
            TMemory.Release(&journal->Chunks[sizeClass], BlockList.Of(chunk.First + SizeClasses.SizeOf(sizeClass), chunk.Blocks - 1).Bits);
            BlockAllocator<TMemory>.Free(writer.Space, journal, block);
            TMemory.Release(&journal->Freed, 0);
        }
    }

    private static void TakeChunk(Writer writer, int sizeClass, int blocks)
    {
        var space = writer.Space;
        var size = SizeClasses.SizeOf(sizeClass);
        var used = (long)TMemory.Read(&space.Header->SlabCursor) - space.SlabsStart;
        var wanted = Math.Max(blocks, Math.Clamp(used / 64, SmallestChunk, LargestChunk) / size);
        try
        {
            TakeChunkOf(writer, sizeClass, wanted);
        }
        catch (TableFullException) when (wanted > blocks)
        {
            TakeChunkOf(writer, sizeClass, blocks);
        }
    }

    private static void TakeChunkOf(Writer writer, int sizeClass, long blocks)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var length = (ChunkHeader.Bytes + (blocks * SizeClasses.SizeOf(sizeClass)) + ChunkHeader.Bytes - 1) & ~(ChunkHeader.Bytes - 1L);
        while (true)
        {
            var cursor = (long)TMemory.Read(&space.Header->SlabCursor);
            space.Grow<TMemory>(Region.Slabs, cursor + length);
            WriterLock<TMemory>.LockAllocator(writer);
            cursor = (long)TMemory.Read(&space.Header->SlabCursor);
            if (cursor + length <= (long)TMemory.Read(&space.Header->SlabsReserved))
            {
                var header = ChunkHeader.Of(sizeClass, length);
                TMemory.Fill(space.Word(cursor), header.Bits);
                TMemory.Fill(&journal->Transferred, BlockList.Of(cursor + ChunkHeader.Bytes, (ulong)header.Blocks).Bits);
                TMemory.Write(&journal->Transfer, TransferOf(TransferKind.TakeChunk, sizeClass));
                TMemory.Write(&space.Header->SlabCursor, (ulong)(cursor + length));
                FinishTransfer(writer);
                return;
            }
            WriterLock<TMemory>.UnlockAllocator(writer);
        }
    }

    private static bool TryTakeBundle(Writer writer, int sizeClass)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        WriterLock<TMemory>.LockAllocator(writer);
        var bundle = TMemory.Read(&space.Header->Pools[sizeClass]);
        if (bundle != 0)
        {
            RequireHead(space, sizeClass, bundle);
            TMemory.Fill(&journal->Transferred, bundle);
            TMemory.Write(&journal->Transfer, TransferOf(TransferKind.TakeBundle, sizeClass));
            TMemory.Write(&space.Header->Pools[sizeClass], NextBundle(space, bundle));
            FinishTransfer(writer);
            return true;
        }
        WriterLock<TMemory>.UnlockAllocator(writer);
        return false;
    }

    private static void Give(Writer writer, int sizeClass)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        WriterLock<TMemory>.LockAllocator(writer);
        var list = TMemory.Read(&journal->FreeLists[sizeClass]);
        RequireHead(space, sizeClass, list);
        TMemory.Fill(space.Word(new BlockList(list).First + sizeof(ulong)), TMemory.Read(&space.Header->Pools[sizeClass]));
        TMemory.Fill(&journal->Transferred, list);
        TMemory.Write(&journal->Transfer, TransferOf(TransferKind.GiveBundle, sizeClass));
        TMemory.Write(&space.Header->Pools[sizeClass], list);
        FinishTransfer(writer);
    }

    private static void FinishTransfer(Writer writer)
    {
        SettleTransfer(writer);
        WriterLock<TMemory>.UnlockAllocator(writer);
    }

    /// <summary>Does the own half of a transfer whose shared half is done; nothing if it is not. The caller holds the lock.</summary>
    public static void SettleTransfer(Writer writer)
    {
        var journal = writer.Journal;
        var transfer = TMemory.Read(&journal->Transfer);
        var sizeClass = (int)(transfer >> 8);
        var moved = TMemory.Read(&journal->Transferred);
        var header = writer.Space.Header;
        switch ((TransferKind)(byte)transfer)
        {
            case TransferKind.TakeChunk when (long)TMemory.Read(&header->SlabCursor) > new BlockList(moved).First:
                TMemory.Write(&journal->Chunks[sizeClass], moved);
                break;
            case TransferKind.TakeBundle when TMemory.Read(&header->Pools[sizeClass]) != moved:
                TMemory.Write(&journal->FreeLists[sizeClass], moved);
                break;
            case TransferKind.GiveBundle when TMemory.Read(&header->Pools[sizeClass]) == moved:
                TMemory.Write(&journal->FreeLists[sizeClass], 0);
                break;
        }
        TMemory.Write(&journal->Transfer, 0);
    }

    /// <summary>Blocks that other threads of this process keep come back through the pool, when there is no space left.</summary>
    private static bool CollectFromSiblings(Writer writer, int sizeClass)
    {
        var table = writer.Table;
        if (!new BlockList(TMemory.Read(&writer.Journal->FreeLists[sizeClass])).IsEmpty)
            return false;
        var collected = TMemory.Read(&writer.Space.Header->Pools[sizeClass]) != 0;
        for (var place = 0; place < TableGeometry.JournalsPerSlot; place++)
        {
            if (table.Slot < 0 || table.FirstJournal + place == writer.Number || !table.Leases.TryTake(place))
                continue;
            var sibling = new Writer(table, table.FirstJournal + place);
            try
            {
                if (TMemory.Read(&sibling.Journal->State) != (ulong)JournalState.Idle)
                    continue; // its blocks are promised to what it could not finish
                MoveChunkToList(sibling, sizeClass);
                if (!new BlockList(TMemory.Read(&sibling.Journal->FreeLists[sizeClass])).IsEmpty)
                {
                    Give(sibling, sizeClass);
                    collected = true;
                }
            }
            finally
            {
                table.Leases.Return(place);
            }
        }
        return collected;
    }

    /// <exception cref="CorruptTableException">No block can lie where the list begins.</exception>
    private static void RequireHead(TableSpace space, int sizeClass, ulong list)
    {
        var first = new BlockList(list).First;
        if (!space.IsInSlabs(first, SizeClasses.SizeOf(sizeClass), (long)TMemory.Read(&space.Header->SlabsReserved)))
            throw Damage.FreeBlock(space, first);
    }

    private static ulong NextBundle(TableSpace space, ulong bundle) => TMemory.Read(space.Word(new BlockList(bundle).First + sizeof(ulong)));

    private static ulong TransferOf(TransferKind kind, int sizeClass) => (ulong)kind | ((ulong)(uint)sizeClass << 8);
}
