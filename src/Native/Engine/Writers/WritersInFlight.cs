using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Writers;

/// <summary>The writes that other processes are in the middle of.</summary>
internal static unsafe class WritersInFlight
{
    /// <summary>
    /// Waits until every write of another process has ended that did not see what this one has stored before. The protocol is told with
    /// <see cref="JournalLeases"/>; a dead process's writes have ended.
    /// </summary>
    /// <exception cref="TableBusyException">A living process, stopped perhaps, did not end its write in time.</exception>
    public static void Await(TableContext table)
    {
        Interlocked.MemoryBarrier(); // pairs with the exchange of JournalLeases.TryTake
        var patience = default(Patience);
        var reserved = (long)ProcessMemory.Read(&table.Space.Header->JournalsReserved);
        for (var slot = 0; slot < TableGeometry.SlotCount && TableGeometry.JournalsOf(slot + 1) <= reserved; slot++)
        {
            if (slot == table.Slot)
                continue;
            var word = new SlotWord(ProcessMemory.Read(&table.Space.SlotAt(slot)->Word));
            for (var place = 0; word.IsTaken && place < TableGeometry.JournalsPerSlot; place++)
                Await(table, slot, &table.Space.JournalAt(TableSpace.FirstJournalOf(slot) + place)->Lease, word.Incarnation, ref patience);
        }
    }

    /// <summary>The number in a lease moves with each write: a thread that begins another one is not waited for.</summary>
    private static void Await(TableContext table, int slot, ulong* lease, ulong incarnation, ref Patience patience)
    {
        var taken = ProcessMemory.Read(lease);
        while (JournalLeases.IsTaken(taken, incarnation) && ProcessMemory.Read(lease) == taken)
        {
            if (!patience.Wait<ProcessMemory>())
                continue;
            if (!Participants<ProcessMemory>.IsAlive(table, slot))
                return;
            if (patience.Waited > table.WriterPatience)
                throw TableBusyException.ForHolder(table.Name, slot, (int)ProcessMemory.Read(&table.Space.SlotAt(slot)->ProcessId), patience.Waited);
        }
    }
}
