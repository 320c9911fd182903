using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Space;

/// <summary>
/// Blocks for records and overflow buckets, from the journal's own lists only; <see cref="BlockSupply{TMemory}"/> fills them.
/// </summary>
/// <remarks>
/// Protocol: a block is named in a register of the journal, then taken off its list by one store, used, and made reachable by the operation's
/// store. It goes back by linking it and one store of the list's head. The lists have one writer, so whether a named block has been taken can be
/// read off them: it is neither the head nor in what is left of the chunk. Every step may therefore be repeated after a kill.
/// </remarks>
internal static unsafe class BlockAllocator<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>The block that <see cref="Take"/> will take; there is one after <see cref="BlockSupply{TMemory}.Ensure"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockName Peek(Journal* journal, int sizeClass)
    {
        var list = new BlockList(TMemory.Read(&journal->FreeLists[sizeClass]));
        var source = list.IsEmpty ? new BlockList(TMemory.Read(&journal->Chunks[sizeClass])) : list;
        return BlockName.Of(source.First, sizeClass);
    }

    /// <summary>Takes the block that has been peeked at and named in a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Take(TableSpace space, Journal* journal, BlockName block)
    {
        var sizeClass = block.SizeClass;
        var source = &journal->FreeLists[sizeClass];
        var list = new BlockList(TMemory.Read(source));
        long next;
        if (!list.IsEmpty)
        {
            if (!space.IsInSlabs(block.Offset, SizeClasses.SizeOf(sizeClass), (long)TMemory.Read(&space.Header->SlabsReserved)))
                throw Damage.FreeBlock(space, block.Offset); // the block before it was damaged
            next = (long)TMemory.Read(space.Word(block.Offset));
        }
        else
        {
            source = &journal->Chunks[sizeClass];
            list = new BlockList(TMemory.Read(source));
            next = list.First + SizeClasses.SizeOf(sizeClass);
        }
        TMemory.Write(source, BlockList.Of(next, list.Blocks - 1).Bits);
        TMemory.WriteBarrier(); // what fills the block overwrites its link
    }

    /// <summary>Puts a block on the journal's list, unless it is there already. Repeatable as long as nothing else was put there meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Free(TableSpace space, Journal* journal, BlockName block)
    {
        if (block.IsNone || !IsTaken(journal, block))
            return;
        var list = new BlockList(TMemory.Read(&journal->FreeLists[block.SizeClass]));
        TMemory.Write(space.Word(block.Offset), (ulong)(list.IsEmpty ? 0 : list.First));
        TMemory.Write(&journal->FreeLists[block.SizeClass], BlockList.Of(block.Offset, list.Blocks + 1UL).Bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsTaken(Journal* journal, BlockName block)
    {
        var list = new BlockList(TMemory.Read(&journal->FreeLists[block.SizeClass]));
        if (!list.IsEmpty && list.First == block.Offset)
            return false;
        var chunk = new BlockList(TMemory.Read(&journal->Chunks[block.SizeClass]));
        return chunk.IsEmpty || block.Offset < chunk.First
            || block.Offset >= chunk.First + ((long)chunk.Blocks * SizeClasses.SizeOf(block.SizeClass));
    }
}
