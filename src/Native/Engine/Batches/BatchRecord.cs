using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Batches;

/// <summary>A record of a batch, as the journal's chain names it: its block, and the header by which all its parts are found from now on.</summary>
internal readonly unsafe struct BatchRecord
{
    public readonly BlockName Block;
    public readonly RecordHeader Header;

    private BatchRecord(BlockName block, RecordHeader header)
    {
        Block = block;
        Header = header;
    }

    public long Offset => Block.Offset;

    /// <summary>
    /// Reads the header of the record. Even the writer that has built the chain asks: in a damaged file a block may have been given out twice,
    /// and holds what it was filled with last.
    /// </summary>
    /// <exception cref="CorruptTableException">It is no record of the journal's batch.</exception>
    public static BatchRecord Of<TMemory>(Writer writer, BlockName block) where TMemory : struct, ISharedMemory
    {
        var space = writer.Space;
        var slabsEnd = (long)TMemory.Read(&space.Header->SlabsReserved);
        if (!block.IsWithin(space.SlabsStart, slabsEnd) || !Record<TMemory>.TryReadHeader(space, block.Offset, slabsEnd, out var header)
            || header.SizeClass != block.SizeClass || !header.FitsBlock
            || !PendingReads<TMemory>.TryReadBatch(space, slabsEnd, block.Offset, header, out _, out var batch)
            || batch.Bits != BatchId.Of(writer.Number, new BatchWord(TMemory.Read(&writer.Journal->Batch)).Number).Bits)
            throw Damage.BatchRecord(space, block.Offset);
        return new BatchRecord(block, header);
    }

    public ReadOnlySpan<byte> Key<TMemory>(TableSpace space) where TMemory : struct, ISharedMemory => Record<TMemory>.Key(space, Offset, Header);

    public ulong* ValueWord<TMemory>(TableSpace space) where TMemory : struct, ISharedMemory => Record<TMemory>.ValueWord(space, Offset, Header);

    public BatchTrailer* Trailer<TMemory>(TableSpace space) where TMemory : struct, ISharedMemory => Record<TMemory>.Trailer(space, Offset, Header);
}
