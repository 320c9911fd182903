using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>The number of rows: the sum of what each journal has added and removed. A journal's own part may be negative.</summary>
internal static unsafe class RowCount<TMemory> where TMemory : struct, ISharedMemory
{
    public static long Of(TableSpace space)
    {
        var end = (long)TMemory.Read(&space.Header->JournalsReserved);
        var journals = (int)((Math.Min(end, TableGeometry.IndexStart) - TableGeometry.JournalsStart) / TableGeometry.JournalBytes);
        journals = Math.Min(journals, TableGeometry.SlotCount * TableGeometry.JournalsPerSlot);
        var count = 0L;
        for (var number = 1; number <= journals; number++)
            count += (long)TMemory.Read(&space.JournalAt(number)->Count);
        return count;
    }
}
