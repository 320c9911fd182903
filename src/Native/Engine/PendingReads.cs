using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>What a pending reference means at this moment.</summary>
internal static unsafe class PendingReads<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>
    /// Replaces the pending record by the one that counts: itself once its batch is committed, else the one it names as previous.
    /// An offset of 0 means that there is none. False: the batch is over, or the record is not one; read the bucket again.
    /// </summary>
    /// <remarks>Pairs with the batch's commit, one store of its word. Everything read here counts only if the bucket is unchanged afterwards.</remarks>
    public static bool TryResolve(TableSpace space, long slabsEnd, ref long offset, ref RecordHeader header)
    {
        if (!TryReadBatch(space, slabsEnd, offset, header, out var previous, out var batch))
            return false;
        var word = new BatchWord(TMemory.Read(&space.JournalAt(batch.Journal)->Batch));
        if (word.Number != batch.Number)
            return false;
        if (word.State == BatchWord.Committed)
        {
            if (header.IsTombstone)
                offset = 0;
            return true;
        }
        offset = previous.Offset;
        return offset == 0 || (!previous.IsPending && Record<TMemory>.TryReadHeader(space, offset, slabsEnd, out header));
    }

    /// <summary>Reads the trailer of a pending record if what it says can be followed safely.</summary>
    public static bool TryReadBatch(TableSpace space, long slabsEnd, long offset, RecordHeader header, out Reference previous, out BatchId batch)
    {
        previous = default;
        batch = default;
        var trailer = offset + RecordHeader.ValueOffset(header.KeyBytes) + (((long)header.ValueBytes + 7) & ~7L);
        if (!header.HasTrailer || trailer > slabsEnd - RecordHeader.TrailerBytes)
            return false;
        var words = (BatchTrailer*)space.At(trailer);
        previous = new Reference(TMemory.Read(&words->Previous));
        batch = new BatchId(TMemory.Read(&words->Batch));
        var journalEnd = TableGeometry.JournalsStart + ((long)batch.Journal * TableGeometry.JournalBytes);
        return batch.Journal != 0 && journalEnd <= (long)TMemory.Read(&space.Header->JournalsReserved);
    }
}
