using System.Numerics;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Journals;

/// <summary>
/// Finishes or undoes what a journal was about to do, acting as its writer: with its journal and its lists only.
/// Serves a dead writer's journal, and a living one's whose operation threw.
/// </summary>
/// <remarks>
/// Everything here may be cut at any store and begun again, by this process or another: it stores absolute values, and takes the blocks named
/// in the registers back in the reverse order in which they were taken.
/// </remarks>
internal static unsafe class JournalRecovery<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Settles a journal completely.</summary>
    public static void Settle(Writer writer)
    {
        SettleOperation(writer);
        SettleBatch(writer);
    }

    /// <summary>Gives back every lock that the journal holds, and settles what is not a batch. Waits for nobody.</summary>
    public static void SettleOperation(Writer writer)
    {
        var journal = writer.Journal;
        SettleAllocator(writer);
        StructureRecovery<TMemory>.Settle(writer);
        switch ((JournalState)TMemory.Read(&journal->State))
        {
            case JournalState.Armed:
                SettleArmed(writer);
                break;
            case JournalState.Committed:
                FinishCommitted(writer);
                break;
            case JournalState.SplitArmed:
                SettleSplit(writer);
                break;
            case JournalState.SplitCommitted:
                BucketSplitter<TMemory>.FinishCommitted(writer);
                break;
            case JournalState.BatchPlacing:
                ReleasePlacing(writer);
                break;
            case JournalState.BatchSettling:
                ReleaseSettling(writer);
                break;
            case JournalState.BatchEntrySettled:
                WriterLock<TMemory>.ReleaseIfHeld(writer, TMemory.Read(&journal->Bucket));
                break;
        }
    }

    /// <summary>Settles the journal's batch, if it has one: to its end if it is committed, else back to where it began.</summary>
    /// <exception cref="TableBusyException">A living writer holds a bucket for too long; the journal can be settled later.</exception>
    public static void SettleBatch(Writer writer)
    {
        if ((JournalState)TMemory.Read(&writer.Journal->State) >= JournalState.BatchBuilding)
            BatchSettlement<TMemory>.Settle(writer);
    }

    /// <summary>Decides the journal's batch, if it has one, and leaves its references pending.</summary>
    public static void DecideBatch(Writer writer)
    {
        if ((JournalState)TMemory.Read(&writer.Journal->State) >= JournalState.BatchBuilding)
            BatchSettlement<TMemory>.Decide(writer);
    }

    private static void SettleAllocator(Writer writer)
    {
        var journal = writer.Journal;
        if (TMemory.Read(&writer.Space.Header->AllocatorLock) == (ulong)writer.Number)
        {
            BlockSupply<TMemory>.SettleTransfer(writer);
            WriterLock<TMemory>.UnlockAllocator(writer);
        }
        if (TMemory.Read(&journal->Freed) != 0)
            FreeRegister(writer.Space, journal, &journal->Freed);
    }

    private static void SettleArmed(Writer writer)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var held = WriterLock<TMemory>.IsHeld(writer, TMemory.Read(&journal->Bucket), out var bucket, out var meta);
        if (held && JournalSteps<TMemory>.IsPublished(space, journal))
        {
            TMemory.Write(&journal->State, (ulong)JournalState.Committed);
            FinishCommitted(writer);
            return;
        }
        FreeRegister(space, journal, &journal->Spare);
        FreeRegister(space, journal, &journal->New);
        if (held)
            WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: false);
        JournalSteps<TMemory>.Rest(journal);
    }

    private static void FinishCommitted(Writer writer)
    {
        var journal = writer.Journal;
        TMemory.Fill(&journal->Count, TMemory.Read(&journal->CountAfter));
        WriterLock<TMemory>.ReleaseIfHeld(writer, TMemory.Read(&journal->Bucket));
        BlockAllocator<TMemory>.Free(writer.Space, journal, new BlockName(TMemory.Read(&journal->Old)));
        JournalSteps<TMemory>.Rest(journal);
    }

    private static void SettleSplit(Writer writer)
    {
        var journal = writer.Journal;
        var level = BitOperations.Log2(TMemory.Read(&journal->Partner) - 1);
        if (WriterLock<TMemory>.IsHeld(writer, TMemory.Read(&journal->Bucket), out _, out var meta) && meta.Level > level)
        {
            TMemory.Release(&journal->State, (ulong)JournalState.SplitCommitted);
            BucketSplitter<TMemory>.FinishCommitted(writer);
            return;
        }
        BucketSplitter<TMemory>.Undo(writer);
    }

    private static void ReleasePlacing(Writer writer)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        if (!WriterLock<TMemory>.IsHeld(writer, TMemory.Read(&journal->Bucket), out var bucket, out var meta))
            return;
        if (JournalSteps<TMemory>.IsPublished(space, journal))
            TMemory.Write(&journal->Spare, 0);
        FreeRegister(space, journal, &journal->Spare);
        WriterLock<TMemory>.UnlockBucket(bucket, meta, unlinked: false);
    }

    private static void ReleaseSettling(Writer writer)
    {
        var journal = writer.Journal;
        var bucket = TMemory.Read(&journal->Bucket);
        if (!WriterLock<TMemory>.IsHeld(writer, bucket, out var held, out _))
            return;
        if (writer.Space.HasEntries)
            EntryBatch<TMemory>.SettleSpare(writer, (EntryBucket*)held);
        if (JournalSteps<TMemory>.IsPublished(writer.Space, journal))
            TMemory.Write(&journal->State, (ulong)JournalState.BatchEntrySettled);
        WriterLock<TMemory>.ReleaseIfHeld(writer, bucket);
    }

    /// <summary>Frees the block that a register names, if it was taken, and empties the register.</summary>
    public static void FreeRegister(TableSpace space, Journal* journal, ulong* register)
    {
        BlockAllocator<TMemory>.Free(space, journal, new BlockName(TMemory.Read(register)));
        TMemory.Release(register, 0);
    }
}
