using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Operations;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>
/// Operations on one row of an ordered table.
/// </summary>
/// <remarks>
/// Protocol: that of one row, told with <see cref="Journal"/>, with a leaf for the bucket. The store that commits is the leaf's order for an insert, whose
/// free lane was filled before, and for a removal; the lane's reference for a replacement; and the value's word where it changes in place.
/// A lane that a removal freed is filled again under another hold of the lock only, when the version has moved.
/// A full leaf is split first, as an operation of its own (<see cref="NodeSplitter{TMemory}"/>), and everything begins again.
/// </remarks>
internal static unsafe class TreeWriter<TMemory> where TMemory : struct, ISharedMemory
{
    private const int CopiedUnderTheLock = 512;

    /// <summary>Runs an operation on the row of a key.</summary>
    /// <returns>What it decided.</returns>
    public static RowDecision Apply<TOperation>(Writer writer, ReadOnlySpan<byte> key, ref TOperation operation)
        where TOperation : struct, IRowOperation, allows ref struct
    {
        var ordered = new OrderedKey(key);
        try
        {
            RowDecision decision;
            NodeView leaf;
            int freedClass;
            while (!TryRun(writer, ordered, ref operation, out decision, out leaf, out freedClass))
                NodeSplitter<TMemory>.Split(writer, leaf.Node, ordered);
            if (freedClass >= 0)
                BlockSupply<TMemory>.GiveSurplus(writer, freedClass);
            if (leaf.MovedTo != null)
                ParentEntries<TMemory>.Add(writer, leaf.MovedTo);
            return decision;
        }
        catch
        {
            JournalRecovery<TMemory>.Settle(writer);
            throw;
        }
    }

    /// <summary>False: the leaf has no room for the row, and nothing has happened.</summary>
    private static bool TryRun<TOperation>(
        Writer writer, in OrderedKey key, ref TOperation operation, out RowDecision decision, out NodeView leaf, out int freedClass)
        where TOperation : struct, IRowOperation, allows ref struct
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var sizeClass = operation.ValueBytes < 0 ? -1 : SizeClasses.ClassOf(Record<TMemory>.BlockBytes(key.Bytes.Length, operation.ValueBytes, trailer: false));
        var lacking = sizeClass < 0 ? null : BlockSupply<TMemory>.TryEnsure(writer, sizeClass);
        JournalSteps<TMemory>.Arm(journal, JournalState.Armed);
        if (lacking is null && operation.ValueIsKnown && operation.ValueBytes > CopiedUnderTheLock)
            JournalSteps<TMemory>.TakeAndFill(space, journal, sizeClass, key.Bytes, operation.Value);
        freedClass = -1;
        var row = LeafRow.Lock<TMemory>(writer, key, out var reference, out var header);
        leaf = row.Leaf;
        var current = row.Exists
            ? new ReadOnlySpan<byte>(Record<TMemory>.ValueWord(space, reference.Offset, header), (int)header.ValueBytes)
            : default;
        decision = operation.Decide(row.Exists, current);
        var inPlace = decision == RowDecision.Store && row.Exists && JournalSteps<TMemory>.FitsInPlace(header, operation.Value.Length);
        var lacksRoom = decision == RowDecision.Store && !row.Exists && leaf.Order.IsFull;
        if (inPlace)
            TMemory.Write(Record<TMemory>.ValueWord(space, reference.Offset, header), Record<TMemory>.PackSmall(operation.Value)); // commit
        if (decision == RowDecision.Remove && !row.Exists)
            decision = RowDecision.Keep;
        if (inPlace || lacksRoom || decision == RowDecision.Keep)
        {
            NodeLock<TMemory>.Unlock(leaf.Node, leaf.Meta, unlinked: false);
            JournalSteps<TMemory>.Abandon(space, journal);
            return !lacksRoom;
        }
        if (decision == RowDecision.Store && lacking is not null)
            throw lacking; // a full disk stops only what needs a new record
        if (decision == RowDecision.Store && TMemory.Read(&journal->New) == 0)
            JournalSteps<TMemory>.TakeAndFill(space, journal, sizeClass, key.Bytes, operation.Value);
        if (row.Exists)
        {
            TMemory.Fill(&journal->Old, BlockName.Of(reference.Offset, header.SizeClass).Bits);
            freedClass = header.SizeClass;
        }
        Publish(space, journal, row, key, decision);
        JournalSteps<TMemory>.Finish(space, journal, (Bucket*)leaf.Node, leaf.Meta);
        return true;
    }

    private static void Publish(TableSpace space, Journal* journal, in LeafRow row, in OrderedKey key, RowDecision decision)
    {
        var count = TMemory.Read(&journal->Count);
        var store = new Reference((ulong)new BlockName(TMemory.Read(&journal->New)).Offset);
        if (decision == RowDecision.Remove)
            JournalSteps<TMemory>.Publish(space, journal, &row.Leaf.Node->Order, row.Leaf.Order.Remove(row.Position).Bits, count - 1);
        else if (row.Exists)
            JournalSteps<TMemory>.Publish(space, journal, row.Reference, store.Bits, count);
        else
            JournalSteps<TMemory>.Publish(space, journal, &row.Leaf.Node->Order, row.FillFreeLane<TMemory>(key, store).Bits, count + 1);
    }
}
