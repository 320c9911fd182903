using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Writers;

/// <summary>
/// Writers' slots: taking one, giving it back, and settling those of the dead.
/// </summary>
/// <remarks>
/// Protocol: whoever holds a slot's liveness lock may change the slot, nobody else. A living writer holds its own lock from before the slot is
/// taken until after it is free again. So a taken slot whose lock can be had belonged to a process that is dead and cannot store any more:
/// the kernel gives the lock to exactly one, who settles the journals as the dead writer and frees the slot. A recoverer that is killed
/// loses the lock in its turn, and the next one begins again; every step of settling may be repeated.
/// </remarks>
internal static unsafe class Participants<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Takes a free slot for this process and says which.</summary>
    /// <exception cref="TooManyParticipantsException">Every slot is held by a living process.</exception>
    /// <exception cref="TableBusyException">Every slot is, but for dead ones', which cannot be settled before a living process lets go.</exception>
    public static int Attach(TableContext table, int processId, long startTime)
    {
        if (TryTakeAny(table, processId, startTime))
            return table.Slot;
        SettleDead(table, out var inTheWay);
        if (TryTakeAny(table, processId, startTime))
            return table.Slot;
        throw inTheWay ?? (EtsException)new TooManyParticipantsException(
            $"Table '{table.Name}': all {TableGeometry.SlotCount} writer slots are held by living processes. Close a writer that is not needed any more.");
    }

    private static bool TryTakeAny(TableContext table, int processId, long startTime)
    {
        for (var slot = 0; slot < TableGeometry.SlotCount; slot++)
        {
            if (TryTake(table, slot, processId, startTime))
                return true;
        }
        return false;
    }

    private static bool TryTake(TableContext table, int slot, int processId, long startTime)
    {
        var entry = table.Space.SlotAt(slot);
        if (new SlotWord(TMemory.Read(&entry->Word)).IsTaken || !table.Liveness.TryHold(slot))
            return false;
        var taken = false;
        try
        {
            var word = new SlotWord(TMemory.Read(&entry->Word));
            if (word.IsTaken)
                return false;
            table.Space.Grow<TMemory>(Region.Journals, TableGeometry.JournalsOf(slot + 1));
            JournalCheck<TMemory>.RequireSlot(table, slot); // it inherits the blocks of whoever had the slot
            TMemory.Fill(&entry->ProcessId, (ulong)processId);
            TMemory.Fill(&entry->StartTime, (ulong)startTime);
            TMemory.Fill(&entry->Pins, 0);
            TMemory.Write(&entry->Word, word.TakenAgain().Bits);
            taken = true;
        }
        finally
        {
            if (!taken)
                table.Liveness.Release(slot);
        }
        table.Slot = slot;
        return true;
    }

    /// <summary>Gives this process's slot back. No operation of it may be in flight.</summary>
    public static void Detach(TableContext table)
    {
        var entry = table.Space.SlotAt(table.Slot);
        try
        {
            SettleJournals(table, table.Slot);
            Free(entry);
        }
        finally
        {
            table.Liveness.Release(table.Slot); // a slot that could not be settled looks like a dead writer's from now on
            table.Slot = -1;
        }
    }

    /// <summary>Behind this store nobody looks at the slot's journals any more.</summary>
    private static void Free(ParticipantSlot* entry)
    {
        TMemory.WriteBarrier();
        TMemory.Write(&entry->Word, new SlotWord(TMemory.Read(&entry->Word)).Freed().Bits);
    }

    /// <summary>Settles every dead writer; returns how many there were.</summary>
    /// <exception cref="TableBusyException">A living process is in the way of one of them, stopped perhaps; all others are settled.</exception>
    public static int SettleDead(TableContext table)
    {
        var settled = SettleDead(table, out var inTheWay);
        return inTheWay is null ? settled : throw inTheWay;
    }

    private static int SettleDead(TableContext table, out TableBusyException? inTheWay)
    {
        var settled = 0;
        inTheWay = null;
        for (var slot = 0; slot < TableGeometry.SlotCount; slot++)
        {
            try
            {
                if (slot != table.Slot && IsTaken(table, slot) && TrySettle(table, slot))
                    settled++;
            }
            catch (TableBusyException error)
            {
                inTheWay ??= error;
            }
        }
        return settled;
    }

    /// <summary>
    /// Brings every dead writer to where nobody can notice it any more, in a time that depends neither on the table's size nor on that of its
    /// batches: its locks are given back, its operations finished or undone, its batches decided. Their references stay pending, in a slot that
    /// stays taken, until somebody settles it: a writer that meets one of them, or the next <see cref="SettleDead(TableContext)"/>.
    /// </summary>
    /// <returns>How many there were.</returns>
    public static int DecideDead(TableContext table)
    {
        var decided = 0;
        for (var slot = 0; slot < TableGeometry.SlotCount; slot++)
        {
            if (slot != table.Slot && IsTaken(table, slot) && TryHoldDead(table, slot, DecideJournals))
                decided++;
        }
        return decided;
    }

    public static bool IsTaken(TableContext table, int slot) => new SlotWord(TMemory.Read(&table.Space.SlotAt(slot)->Word)).IsTaken;

    /// <summary>Whether the slot is taken by a process that the kernel knows as living.</summary>
    public static bool IsAlive(TableContext table, int slot) =>
        slot == table.Slot || (IsTaken(table, slot) && table.Liveness.IsHeld(slot));

    /// <summary>Whether this very thread is settling the slot, whose locks have all been given back by then.</summary>
    public static bool IsSettling(TableContext table, int slot) =>
        table.SettlingGate.IsHeldByCurrentThread && table.SlotsInSettlement.Contains(slot);

    /// <summary>Settles the journals of a slot's dead process. False if the process lives, or another is settling it.</summary>
    public static bool TrySettle(TableContext table, int slot) => TryHoldDead(table, slot, static (table, slot) =>
    {
        SettleJournals(table, slot);
        Free(table.Space.SlotAt(slot));
    });

    /// <summary>Acts as a slot's dead process, under its liveness lock. False if the process lives, or another acts for it.</summary>
    private static bool TryHoldDead(TableContext table, int slot, Action<TableContext, int> act)
    {
        if (!IsTaken(table, slot) || table.Liveness.IsHeld(slot))
            return false;
        lock (table.SettlingGate)
        {
            if (table.SlotsInSettlement.Contains(slot) || !table.Liveness.TryHold(slot))
                return false;
            table.SlotsInSettlement.Add(slot);
            try
            {
                if (!IsTaken(table, slot))
                    return false;
                act(table, slot);
                return true;
            }
            finally
            {
                table.SlotsInSettlement.Remove(slot);
                table.Liveness.Release(slot);
            }
        }
    }

    /// <summary>
    /// First every lock of the slot is given back, then its batches are settled: these lock buckets, which another journal of the slot might hold.
    /// A damaged journal leaves all of them as they are, and the slot taken.
    /// </summary>
    private static void SettleJournals(TableContext table, int slot)
    {
        SettleOperations(table, slot);
        var first = TableSpace.FirstJournalOf(slot);
        for (var number = first; number < first + TableGeometry.JournalsPerSlot; number++)
            JournalRecovery<TMemory>.SettleBatch(new Writer(table, number));
    }

    private static void DecideJournals(TableContext table, int slot)
    {
        SettleOperations(table, slot);
        var first = TableSpace.FirstJournalOf(slot);
        for (var number = first; number < first + TableGeometry.JournalsPerSlot; number++)
            JournalRecovery<TMemory>.DecideBatch(new Writer(table, number));
    }

    private static void SettleOperations(TableContext table, int slot)
    {
        table.Space.RefreshFormat<TMemory>();
        JournalCheck<TMemory>.RequireSlot(table, slot);
        var first = TableSpace.FirstJournalOf(slot);
        for (var number = first; number < first + TableGeometry.JournalsPerSlot; number++)
            JournalRecovery<TMemory>.SettleOperation(new Writer(table, number));
    }
}
