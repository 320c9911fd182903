using EtsPersist.Mmf.Native.Engine.Batches;

namespace EtsPersist.Mmf;

public abstract partial class EtsRows<TRow, TValue>
{
    /// <summary>
    /// Stores rows, all of them at once: no kill leaves and no reader sees a part of them. Of several rows of one key in a set the last one counts;
    /// in a bag all, in their order. ETS: <c>insert/2</c> with a list.
    /// </summary>
    /// <exception cref="KeyTooLargeException">An encoded key is too long; nothing has been done.</exception>
    /// <exception cref="ValueTooLargeException">An encoded value is too long; nothing has been done.</exception>
    /// <exception cref="BatchTooLargeException">The rows take more than 1 GiB; nothing has been done.</exception>
    /// <exception cref="TableFullException">There is no space; nothing has been done.</exception>
    /// <exception cref="TableBusyException">A living process held a key for too long; nothing has been done.</exception>
    public void InsertMany(IEnumerable<TRow> rows) => File.Commit(PlanOf(rows));

    /// <summary>
    /// Stores rows, all of them at once, unless one of their keys is in the table; that a key comes twice among them does not matter. ETS:
    /// <c>insert_new/2</c> with a list.
    /// </summary>
    /// <returns>Whether they were stored.</returns>
    /// <inheritdoc cref="InsertMany" path="/exception"/>
    public bool InsertNewMany(IEnumerable<TRow> rows) => File.Commit(PlanOf(rows), onlyIfAllNew: true);

    /// <summary>
    /// Removes all rows, all of them at once: readers see all of them or none. Rows that others insert meanwhile may stay. ETS:
    /// <c>delete_all_objects/1</c>.
    /// </summary>
    /// <remarks>It costs a scan and, until it is done, space for one record a row; the keys are held in memory.</remarks>
    /// <exception cref="BatchTooLargeException">The keys take more than 1 GiB; nothing has been done. Delete in parts, or drop the table.</exception>
    /// <exception cref="TableFullException">There is no space to do it at once; nothing has been done.</exception>
    /// <exception cref="TableBusyException">A living process held a key for too long; nothing has been done.</exception>
    public void DeleteAll() => File.DeleteAll();

    /// <summary>
    /// Removes all rows and stores others instead, all at once: readers see the old rows or the new ones. ETS: <c>init_table/2</c>, which is not atomic
    /// there.
    /// </summary>
    /// <inheritdoc cref="InsertMany" path="/exception"/>
    public void ReplaceAll(IEnumerable<TRow> rows) => File.ReplaceAll(PlanOf(rows));

    private BatchPlan PlanOf(IEnumerable<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var plan = new BatchPlan();
        Span<byte> keyScratch = stackalloc byte[EncodedBytes.ScratchBytes];
        Span<byte> valueScratch = stackalloc byte[EncodedBytes.ScratchBytes];
        foreach (var row in rows)
        {
            using var key = Codec.EncodeKey(row, keyScratch);
            using var value = EncodedBytes.Of(Codec.Values, Codec.ValueOf(row), valueScratch);
            plan.Insert(key.Bytes, value.Bytes);
        }
        return plan;
    }
}
