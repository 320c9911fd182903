using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>
/// Finishes or undoes the change of the tree that a journal was about to make. Waits for nobody: what a kill left out of the level above is legal.
/// Every step may be repeated.
/// </summary>
internal static unsafe class StructureRecovery<TMemory> where TMemory : struct, ISharedMemory
{
    public static void Settle(Writer writer)
    {
        var journal = writer.Journal;
        switch ((StructureState)TMemory.Read(&journal->Structure))
        {
            case StructureState.SplitArmed when HoldsStore(writer, split: true):
                TMemory.Release(&journal->Structure, (ulong)StructureState.SplitCommitted);
                NodeSplitter<TMemory>.FinishCommitted(writer);
                break;
            case StructureState.SplitCommitted:
                NodeSplitter<TMemory>.FinishCommitted(writer);
                break;
            case StructureState.RootArmed when HoldsStore(writer, split: false):
                TMemory.Release(&journal->Structure, (ulong)StructureState.RootCommitted);
                ParentEntries<TMemory>.FinishRoot(writer);
                break;
            case StructureState.RootCommitted:
                ParentEntries<TMemory>.FinishRoot(writer);
                break;
            case not StructureState.None:
                Undo(writer);
                break;
        }
    }

    /// <summary>Empties the registers. Everything they named is settled, so a kill between leaves nothing to do.</summary>
    public static void Rest(Journal* journal)
    {
        TMemory.Fill(&journal->New, 0);
        TMemory.Fill(&journal->Spare, 0);
        TMemory.Release(&journal->Structure, (ulong)StructureState.None);
    }

    /// <summary>Whether the store that commits has been made; nobody else stores there while the lock is held.</summary>
    private static bool HoldsStore(Writer writer, bool split)
    {
        var block = (ulong)new BlockName(TMemory.Read(&writer.Journal->New)).Offset;
        if (block == 0 || !WriterLock<TMemory>.IsHeld(writer, TMemory.Read(&writer.Journal->Bucket), out var bucket, out _))
            return false;
        return TMemory.Read(split ? &((TreeNode*)bucket)->Right : &writer.Space.Header->Root) == block;
    }

    /// <summary>Frees the blocks in the reverse order in which they were taken, then gives the lock back.</summary>
    private static void Undo(Writer writer)
    {
        var journal = writer.Journal;
        JournalRecovery<TMemory>.FreeRegister(writer.Space, journal, &journal->New);
        JournalRecovery<TMemory>.FreeRegister(writer.Space, journal, &journal->Spare);
        WriterLock<TMemory>.ReleaseIfHeld(writer, TMemory.Read(&journal->Bucket));
        Rest(journal);
    }
}
