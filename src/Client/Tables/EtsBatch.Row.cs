using EtsPersist.Mmf.Native.Engine.Batches;

namespace EtsPersist.Mmf;

/// <summary>
/// Operations on rows that take effect together: <see cref="EtsTable{TRow}.Commit"/> makes all of them visible by one store. Several on one key take
/// effect in the order in which they were added.
/// </summary>
/// <inheritdoc cref="EtsBatch{TKey, TValue}" path="/remarks"/>
public sealed class EtsBatch<TRow>
{
    private readonly MemberRowCodec<TRow> _rows;

    internal EtsBatch(bool isOrdered, MemberRowCodec<TRow> rows)
    {
        IsOrdered = isOrdered;
        _rows = rows;
    }

    /// <summary>How many operations it holds.</summary>
    public int Count => Plan.Count;

    internal BatchPlan Plan { get; } = new();

    /// <summary>Whether its keys are the bytes that an ordered table has.</summary>
    internal bool IsOrdered { get; }

    /// <summary>Adds: store a row, as <see cref="EtsTable{TRow}.Insert"/> does. ETS: an object of <c>insert/2</c> with a list.</summary>
    /// <exception cref="KeyTooLargeException">The encoded key is too long.</exception>
    /// <exception cref="ValueTooLargeException">The encoded row is too long.</exception>
    public EtsBatch<TRow> Insert(TRow row)
    {
        using var key = _rows.EncodeKey(row, stackalloc byte[EncodedBytes.ScratchBytes]);
        using var value = EncodedBytes.Of(_rows.Values, row, stackalloc byte[EncodedBytes.ScratchBytes]);
        Plan.Insert(key.Bytes, value.Bytes);
        return this;
    }

    /// <summary>Adds: remove the row of a key, or, in a bag, all its rows. ETS: <c>delete/2</c>.</summary>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public EtsBatch<TRow> Delete<TKey>(TKey key)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        Plan.Delete(encoded.Bytes);
        return this;
    }

    /// <summary>Adds: remove a row of a bag with all its copies, if it is there as it is given. ETS: <c>delete_object/2</c>.</summary>
    public EtsBatch<TRow> DeleteObject(TRow row)
    {
        using var key = _rows.EncodeKey(row, stackalloc byte[EncodedBytes.ScratchBytes]);
        using var value = EncodedBytes.Of(_rows.Values, row, stackalloc byte[EncodedBytes.ScratchBytes]);
        Plan.DeleteObject(key.Bytes, value.Bytes);
        return this;
    }

    /// <summary>Forgets all operations and keeps the buffers.</summary>
    public void Clear() => Plan.Clear();
}
