using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Batches;

/// <summary>
/// The end of a batch: every pending reference becomes what the batch word decides, and every block goes where it belongs.
/// Run by the writer itself, or by whoever settles its journal.
/// </summary>
/// <remarks>
/// Protocol for each record, which the journal's chain names: next, old, new → lock → store, lane → THE STORE → entry settled → unlock → free old
/// → free new → chain → settling. Before "entry settled" the record is still the journal's own and may be read again; behind it only
/// the registers count, since the row may be replaced as soon as the bucket is unlocked.
/// </remarks>
internal static unsafe class BatchSettlement<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Settles the batch of a journal that holds no bucket. Every step may be repeated after a kill.</summary>
    public static void Settle(Writer writer)
    {
        var journal = writer.Journal;
        Decide(writer);
        var word = new BatchWord(TMemory.Read(&journal->Batch));
        var committed = word.State == BatchWord.Committed;
        while (true)
        {
            if (TMemory.Read(&journal->State) == (ulong)JournalState.BatchEntrySettled)
                FinishEntry(writer);
            var first = new BlockName(TMemory.Read(&journal->Chain));
            if (first.IsNone)
                break;
            var record = BatchRecord.Of<TMemory>(writer, first);
            TMemory.Fill(&journal->Lane, 0);
            TMemory.Release(&journal->Next, TMemory.Read(&record.Trailer<TMemory>(writer.Space)->Next));
            if (writer.Space.HasEntries)
                EntryBatch<TMemory>.Settle(writer, record, committed);
            else if (writer.Space.IsOrdered)
                TreeBatch<TMemory>.Settle(writer, record, committed);
            else
                SettleEntry(writer, record, committed);
        }
        TMemory.Release(&journal->Batch, word.NextNumber().Bits);
        JournalSteps<TMemory>.Rest(journal);
    }

    /// <summary>
    /// A batch that had not come to its commit never will, and a record that was in hand while building is freed; one that had is counted.
    /// From here on readers see what the settled table will hold. Every step may be repeated after a kill.
    /// </summary>
    public static void Decide(Writer writer)
    {
        Abort(writer);
        var journal = writer.Journal;
        if (new BatchWord(TMemory.Read(&journal->Batch)).State == BatchWord.Committed && TMemory.Read(&journal->Chain) != 0)
            TMemory.Fill(&journal->Count, TMemory.Read(&journal->CountAfter));
    }

    private static void Abort(Writer writer)
    {
        var journal = writer.Journal;
        var state = (JournalState)TMemory.Read(&journal->State);
        if (state is not (JournalState.BatchBuilding or JournalState.BatchPlacing))
            return;
        if (state == JournalState.BatchBuilding)
        {
            var inHand = new BlockName(TMemory.Read(&journal->New));
            if (inHand.Bits != TMemory.Read(&journal->Chain))
                BlockAllocator<TMemory>.Free(writer.Space, journal, inHand);
        }
        TMemory.Release(&journal->State, (ulong)JournalState.BatchSettling);
    }

    private static void SettleEntry(Writer writer, in BatchRecord record, bool committed)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var previous = new Reference(TMemory.Read(&record.Trailer<TMemory>(space)->Previous));
        var key = record.Key<TMemory>(space);
        var hash = KeyHash.Of(key, space.Header->HashSeed0, space.Header->HashSeed1);
        WriterLock<TMemory>.LockBucket(writer, hash, out var bucket);
        LaneSearch.Find<TMemory>(space, bucket, hash, key, out var search);
        if (search.Lane != null && !search.Reference.IsPending && search.Reference.Offset == record.Offset)
            throw Damage.BatchRecord(space, record.Offset); // settled already: the chain leads in a circle
        var placed = search.Lane != null && search.Reference.IsPending && search.Reference.Offset == record.Offset;
        var keeps = placed && committed && !record.Header.IsTombstone;
        var dropsPrevious = placed && committed && !previous.IsEmpty;
        TMemory.Fill(&journal->New, keeps ? 0 : record.Block.Bits);
        TMemory.Fill(&journal->Old, dropsPrevious ? NameOf(space, previous).Bits : 0);
        if (placed)
        {
            var store = keeps ? search.Reference.Settled() : committed ? default : previous;
            TMemory.Fill(&journal->Store, store.Bits);
            TMemory.Write(&journal->Lane, (ulong)space.OffsetOf(search.Lane));
            TMemory.Write(search.Lane, store.Bits); // settles the reference; readers meant this record before as well
        }
        TMemory.Write(&journal->State, (ulong)JournalState.BatchEntrySettled);
        WriterLock<TMemory>.ReleaseIfHeld(writer, TMemory.Read(&journal->Bucket));
    }

    /// <summary>The first block leaves its register before the second goes onto the list: only the last one there is known to be free.</summary>
    private static void FinishEntry(Writer writer)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        BlockAllocator<TMemory>.Free(space, journal, new BlockName(TMemory.Read(&journal->Old)));
        TMemory.Release(&journal->Old, 0);
        BlockAllocator<TMemory>.Free(space, journal, new BlockName(TMemory.Read(&journal->New)));
        TMemory.Fill(&journal->Chain, TMemory.Read(&journal->Next));
        TMemory.Write(&journal->State, (ulong)JournalState.BatchSettling);
    }

    /// <summary>The block of a record, as a register names it.</summary>
    public static BlockName NameOf(TableSpace space, Reference reference)
    {
        if (!Record<TMemory>.TryReadHeader(space, reference.Offset, (long)TMemory.Read(&space.Header->SlabsReserved), out var header) || !header.FitsBlock)
            throw Damage.Link(space, reference.Offset);
        return BlockName.Of(reference.Offset, header.SizeClass);
    }
}
