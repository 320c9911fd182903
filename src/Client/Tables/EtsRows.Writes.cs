using EtsPersist.Mmf.Native.Engine;

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
