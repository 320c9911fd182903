using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Writers;

/// <summary>
/// Looks at what writers are doing, for people: each word is read once, nothing is followed that lies outside, and nothing is stored.
/// </summary>
internal static unsafe class OperationsInFlight<TMemory> where TMemory : struct, ISharedMemory
{
    public static void AddOf(TableSpace space, int slot, List<OperationInfo> found)
    {
        if (TableGeometry.JournalsOf(slot + 1) > (long)TMemory.Read(&space.Header->JournalsReserved))
            return;
        var first = TableSpace.FirstJournalOf(slot);
        for (var number = first; number < first + TableGeometry.JournalsPerSlot; number++)
        {
            var state = (JournalState)TMemory.Read(&space.JournalAt(number)->State);
            var locks = LocksOf(space, number);
            if (state != JournalState.Idle || locks.Count > 0)
                found.Add(new OperationInfo(slot, number, KindOf(state), locks));
        }
    }

    private static List<string> LocksOf(TableSpace space, int number)
    {
        var journal = space.JournalAt(number);
        var locks = new List<string>();
        AddIfHeld(space, number, TMemory.Read(&journal->Bucket), locks);
        AddIfHeld(space, number, TMemory.Read(&journal->Partner), locks);
        if (TMemory.Read(&space.Header->AllocatorLock) == (ulong)number)
            locks.Add("allocator");
        return locks;
    }

    private static void AddIfHeld(TableSpace space, int number, ulong register, List<string> locks)
    {
        if (register == 0 || !JournalCheck<TMemory>.NamesLocked(space, register))
            return;
        if (new BucketMeta(TMemory.Read(&space.LockedAt(register)->Meta)).Lock == number)
            locks.Add(space.IsOrdered ? $"node at {register}" : $"bucket {register - 1}");
    }

    private static OperationKind KindOf(JournalState state) => state switch
    {
        JournalState.Idle or JournalState.Armed or JournalState.Committed => OperationKind.Row,
        JournalState.SplitArmed or JournalState.SplitCommitted => OperationKind.Split,
        _ => OperationKind.Batch,
    };
}
