using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

public sealed unsafe partial class TableFile
{
    /// <summary>
    /// Removes all rows, as one operation for kills and for readers: they see all of the rows or none. ETS: <c>delete_all_objects/1</c>.
    /// </summary>
    /// <remarks>
    /// The keys are gathered by a scan and deleted by one batch. A key that other writers add after the scan has passed stays, one whose value they
    /// replace goes. Threads: any. Blocking: waits for other writers as a batch does. Allocation: the keys, in private memory, until it
    /// returns. It costs a scan and one record a row, for which the table needs space until the batch is settled.
    /// </remarks>
    /// <exception cref="BatchTooLargeException">The keys take more than a batch may have; nothing has changed. Delete them in parts, or drop the table and make it anew.</exception>
    /// <exception cref="TableFullException">There is no space for the batch; nothing has changed.</exception>
    /// <exception cref="TableBusyException">A living process holds a row, or other writers changed a bag again and again; nothing has changed.</exception>
    public void DeleteAll() => ReplaceAll(new BatchPlan());

    /// <summary>
    /// Removes all rows and inserts others instead, as one operation for kills and for readers: they see the old rows or the new ones.
    /// ETS: <c>init_table/2</c>, which is not atomic there.
    /// </summary>
    /// <remarks>Costs and limits are those of <see cref="DeleteAll"/> and of a batch that inserts the rows.</remarks>
    /// <param name="rows">The new rows: insertions only. It stays as it is.</param>
    /// <exception cref="ArgumentException"><paramref name="rows"/> has other operations than insertions.</exception>
    /// <exception cref="BatchTooLargeException">Keys and new rows take more than a batch may have; nothing has changed. Replace them in parts, or fill a new table.</exception>
    /// <exception cref="TableFullException">There is no space for the batch; nothing has changed.</exception>
    /// <exception cref="TableBusyException">A living process holds a row, or other writers changed a bag again and again; nothing has changed.</exception>
    public void ReplaceAll(BatchPlan rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var plan = new BatchPlan();
        RequireWriter();
        if (EnterRead())
            TableScanner<ProcessMemory>.DeleteAll(_space, plan);
        plan.InsertAll(rows);
        Commit(plan);
    }

    /// <summary>Fails as a write would, before any work is done, if this process must not write.</summary>
    /// <exception cref="NotOwnerException">This process does not own the table, which is not public.</exception>
    /// <exception cref="TableAccessException">The file is open for reading only.</exception>
    public void RequireWriter()
    {
        _ = EnterWrite(out var place);
        ExitWrite(place);
    }
}
