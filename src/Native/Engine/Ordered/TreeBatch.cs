using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>
/// Batches over an ordered table. The protocol is that of <see cref="BatchWriter{TMemory}"/> and <see cref="BatchSettlement{TMemory}"/>; a pending
/// reference stands in a leaf's lane, and a lane that comes or goes does so by one store of the leaf's order.
/// </summary>
/// <remarks>
/// A full leaf is split between two holds of its lock, while the batch is placing: the split has registers that placing leaves empty, and
/// a state of its own.
/// </remarks>
internal static unsafe class TreeBatch<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Places one record. False: what is there is not what the batch asks for.</summary>
    public static bool TryPlace(Writer writer, in BatchRecord record, in BatchGroup group, bool onlyIfAllNew, ref long count)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var key = new OrderedKey(group.Key);
        var row = LockWithRoom(writer, group, key, out var reference, out var header);
        var current = row.Exists
            ? new ReadOnlySpan<byte>(Record<TMemory>.ValueWord(space, reference.Offset, header), (int)header.ValueBytes)
            : default;
        if (!group.Accepts(row.Exists, current, onlyIfAllNew))
            return false;
        var counter = group.NeedsEvaluation ? group.Evaluate(row.Exists, current) : 0;
        if (row.Exists || !group.IsTombstone)
        {
            if (group.HasCounters)
                TMemory.Fill(record.ValueWord<TMemory>(space), (ulong)counter);
            TMemory.Fill(&record.Trailer<TMemory>(space)->Previous, row.Exists ? reference.Bits : 0);
            Place(row, key, Reference.ToPending(record.Offset, hash: 0));
            if (!space.IsBag || BagKey.IsRow(group.Key))
                count += group.IsTombstone ? -1 : row.Exists ? 0 : 1;
        }
        NodeLock<TMemory>.Unlock(row.Leaf.Node, row.Leaf.Meta, unlinked: false);
        if (row.Leaf.MovedTo != null)
            ParentEntries<TMemory>.Add(writer, row.Leaf.MovedTo);
        return true;
    }

    /// <summary>Settles one record: its reference loses its flag or gives way to the previous one, or its lane goes.</summary>
    public static void Settle(Writer writer, in BatchRecord record, bool committed)
    {
        var space = writer.Space;
        var journal = writer.Journal;
        var previous = new Reference(TMemory.Read(&record.Trailer<TMemory>(space)->Previous));
        var key = new OrderedKey(record.Key<TMemory>(space));
        var row = LeafRow.Find<TMemory>(space, NodeLock<TMemory>.Lock(writer, key, TreeDescent.LeafLevel), key);
        var pending = Reference.ToPending(record.Offset, hash: 0);
        if (row.Exists && TMemory.Read(row.Reference) == pending.Settled().Bits)
            throw Damage.BatchRecord(space, record.Offset); // settled already: the chain leads in a circle
        var placed = row.Exists && TMemory.Read(row.Reference) == pending.Bits;
        var keeps = placed && committed && !record.Header.IsTombstone;
        var dropsPrevious = placed && committed && !previous.IsEmpty;
        TMemory.Fill(&journal->New, keeps ? 0 : record.Block.Bits);
        TMemory.Fill(&journal->Old, dropsPrevious ? BatchSettlement<TMemory>.NameOf(space, previous).Bits : 0);
        if (placed)
        {
            var store = keeps ? pending.Settled() : committed ? default : previous;
            var lane = store.IsEmpty ? &row.Leaf.Node->Order : row.Reference;
            var settled = store.IsEmpty ? row.Leaf.Order.Remove(row.Position).Bits : store.Bits;
            TMemory.Fill(&journal->Store, settled);
            TMemory.Write(&journal->Lane, (ulong)space.OffsetOf(lane));
            TMemory.Write(lane, settled);
        }
        TMemory.Write(&journal->State, (ulong)JournalState.BatchEntrySettled);
        WriterLock<TMemory>.ReleaseIfHeld(writer, TMemory.Read(&journal->Bucket));
    }

    /// <summary>Locks the leaf of a row that may need a lane, splitting it as often as it is full.</summary>
    private static LeafRow LockWithRoom(Writer writer, in BatchGroup group, in OrderedKey key, out Reference reference, out RecordHeader header)
    {
        while (true)
        {
            var row = LeafRow.Lock<TMemory>(writer, key, out reference, out header);
            if (row.Exists || group.IsTombstone || !row.Leaf.Order.IsFull)
                return row;
            NodeLock<TMemory>.Unlock(row.Leaf.Node, row.Leaf.Meta, unlinked: false);
            NodeSplitter<TMemory>.Split(writer, row.Leaf.Node, key);
        }
    }

    /// <summary>Makes a pending reference visible; readers see the previous record through it, or none, until the batch is committed.</summary>
    private static void Place(in LeafRow row, in OrderedKey key, Reference pending)
    {
        if (row.Exists)
            TMemory.Write(row.Reference, pending.Bits);
        else
            TMemory.Write(&row.Leaf.Node->Order, row.FillFreeLane<TMemory>(key, pending).Bits);
    }
}
