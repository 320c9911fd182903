using System.Numerics;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Journals;

/// <summary>
/// Decides whether a journal that this process has not written itself can be acted upon: every bucket, word and block that it names must be one.
/// Asked once, when a slot is taken or settled, so that operations and recovery can trust their own registers.
/// </summary>
internal static unsafe class JournalCheck<TMemory> where TMemory : struct, ISharedMemory
{
    /// <exception cref="CorruptTableException">The slot has no journals, or one of them contradicts the file. Nothing has been changed.</exception>
    public static void RequireSlot(TableContext table, int slot)
    {
        var space = table.Space;
        space.RefreshFormat<TMemory>(); // whose registers they are depends on it
        if (TableGeometry.JournalsOf(slot + 1) > (long)TMemory.Read(&space.Header->JournalsReserved))
            throw Damage.Of(space, $"slot {slot} is taken and has no journals");
        var first = TableSpace.FirstJournalOf(slot);
        for (var number = first; number < first + TableGeometry.JournalsPerSlot; number++)
            Require(space, number);
    }

    private static void Require(TableSpace space, int number)
    {
        var journal = space.JournalAt(number);
        var state = TMemory.Read(&journal->State);
        if (state > (ulong)JournalState.BatchEntrySettled)
            throw Damage.Journal(space, number, "state", state);
        var slabsEnd = (long)TMemory.Read(&space.Header->SlabsReserved);
        RequireLocked(space, number, "bucket", TMemory.Read(&journal->Bucket));
        RequireLocked(space, number, "partner", TMemory.Read(&journal->Partner));
        RequireLane(space, number, slabsEnd, TMemory.Read(&journal->Lane));
        RequireBlock(space, number, slabsEnd, "new block", TMemory.Read(&journal->New));
        RequireBlock(space, number, slabsEnd, "old block", TMemory.Read(&journal->Old));
        RequireBlock(space, number, slabsEnd, "spare block", TMemory.Read(&journal->Spare));
        RequireBlock(space, number, slabsEnd, "chain", TMemory.Read(&journal->Chain));
        RequireBlock(space, number, slabsEnd, "freed block", TMemory.Read(&journal->Freed));
        RequireStructure(space, number, TMemory.Read(&journal->Structure));
        if ((JournalState)state is JournalState.SplitArmed or JournalState.SplitCommitted)
            RequireSplit(space, number, TMemory.Read(&journal->Bucket), TMemory.Read(&journal->Partner));
        if ((JournalState)state is JournalState.BatchEntrySettled)
            RequireBlock(space, number, slabsEnd, "next record", TMemory.Read(&journal->Next));
        RequireTransfer(space, number, slabsEnd, TMemory.Read(&journal->Transfer), TMemory.Read(&journal->Transferred));
        for (var sizeClass = 0; sizeClass < SizeClasses.Count; sizeClass++)
        {
            RequireList(space, number, slabsEnd, sizeClass, TMemory.Read(&journal->FreeLists[sizeClass]));
            RequireChunk(space, number, slabsEnd, sizeClass, TMemory.Read(&journal->Chunks[sizeClass]));
        }
    }

    /// <summary>Whether a register that names what a writer locks names nothing, or a bucket or node that there is.</summary>
    public static bool NamesLocked(TableSpace space, ulong register) => space.IsOrdered
        ? register == 0 || TreeDescent<TMemory>.IsNode(space, (long)register)
        : register <= space.ReservedBuckets<TMemory>();

    private static void RequireLocked(TableSpace space, int number, string field, ulong register)
    {
        if (!NamesLocked(space, register))
            throw Damage.Journal(space, number, field, register);
    }

    /// <summary>Only ordered tables have a tree that may be in the middle of a change.</summary>
    private static void RequireStructure(TableSpace space, int number, ulong structure)
    {
        if (structure > (ulong)(space.IsOrdered ? StructureState.EntryArmed : StructureState.None))
            throw Damage.Journal(space, number, "change of the tree", structure);
    }

    /// <summary>A split parts its partner's rows from the bucket whose number lacks the highest bit.</summary>
    private static void RequireSplit(TableSpace space, int number, ulong source, ulong partner)
    {
        var index = partner - 1;
        if (space.IsOrdered || partner <= 1UL << TableGeometry.InitialLevel || source - 1 != (index ^ (1UL << BitOperations.Log2(index))))
            throw Damage.Journal(space, number, "partner", partner);
    }

    private static void RequireLane(TableSpace space, int number, long slabsEnd, ulong lane)
    {
        var offset = (long)lane;
        var isInIndex = offset >= TableGeometry.IndexStart && offset < (long)TMemory.Read(&space.Header->IndexReserved);
        if (lane != 0 && (lane % sizeof(ulong) != 0 || (!isInIndex && !space.IsInSlabs(offset, sizeof(ulong), slabsEnd))))
            throw Damage.Journal(space, number, "lane", lane);
    }

    private static void RequireBlock(TableSpace space, int number, long slabsEnd, string field, ulong block)
    {
        if (block != 0 && !new BlockName(block).IsWithin(space.SlabsStart, slabsEnd))
            throw Damage.Journal(space, number, field, block);
    }

    private static void RequireTransfer(TableSpace space, int number, long slabsEnd, ulong transfer, ulong moved)
    {
        if (transfer == 0)
            return;
        var sizeClass = transfer >> 8;
        if ((TransferKind)(byte)transfer > TransferKind.GiveBundle || sizeClass >= SizeClasses.Count)
            throw Damage.Journal(space, number, "transfer", transfer);
        if ((TransferKind)(byte)transfer == TransferKind.TakeChunk)
            RequireChunk(space, number, slabsEnd, (int)sizeClass, moved);
        else
            RequireList(space, number, slabsEnd, (int)sizeClass, moved);
    }

    private static void RequireList(TableSpace space, int number, long slabsEnd, int sizeClass, ulong list)
    {
        if (!new BlockList(list).IsEmpty && !BlockName.Of(new BlockList(list).First, sizeClass).IsWithin(space.SlabsStart, slabsEnd))
            throw Damage.Journal(space, number, $"free list of class {sizeClass}", list);
    }

    private static void RequireChunk(TableSpace space, int number, long slabsEnd, int sizeClass, ulong chunk)
    {
        var blocks = new BlockList(chunk);
        if (!blocks.IsEmpty && !space.IsInSlabs(blocks.First, (long)blocks.Blocks * SizeClasses.SizeOf(sizeClass), slabsEnd))
            throw Damage.Journal(space, number, $"chunk of class {sizeClass}", chunk);
    }
}
