using System.Diagnostics.CodeAnalysis;

namespace EtsPersist.Mmf;

public sealed partial class EtsTable<TRow>
{
    /// <summary>
    /// Stores a row: instead of the one of its key, or, in a bag, beside them; a bag that has the same row already, and is no duplicate bag, stays as it is.
    /// When it returns, the row survives the death of any process. ETS: <c>insert/2</c>.
    /// </summary>
    /// <exception cref="KeyTooLargeException">The encoded key is too long.</exception>
    /// <exception cref="ValueTooLargeException">The encoded row is too long.</exception>
    /// <exception cref="TableFullException">There is no space; nothing has been done.</exception>
    /// <exception cref="TableBusyException">A living process held the bucket or the key for too long; nothing has been done.</exception>
    public void Insert(TRow row)
    {
        using var key = _rows.EncodeKey(row, stackalloc byte[EncodedBytes.ScratchBytes]);
        using var value = EncodedBytes.Of(_rows.Values, row, stackalloc byte[EncodedBytes.ScratchBytes]);
        File.Insert(key.Bytes, value.Bytes);
    }

    /// <summary>Stores a row unless its key is there. ETS: <c>insert_new/2</c>.</summary>
    /// <returns>Whether it was stored.</returns>
    /// <inheritdoc cref="Insert" path="/exception"/>
    public bool InsertNew(TRow row)
    {
        using var key = _rows.EncodeKey(row, stackalloc byte[EncodedBytes.ScratchBytes]);
        using var value = EncodedBytes.Of(_rows.Values, row, stackalloc byte[EncodedBytes.ScratchBytes]);
        return File.InsertNew(key.Bytes, value.Bytes);
    }

    /// <summary>Removes the row of a key, or, in a bag, all its rows. ETS: <c>delete/2</c>.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public bool Delete<TKey>(TKey key)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return File.Delete(encoded.Bytes);
    }

    /// <summary>Removes a row if it is there as it is given; of a bag all copies. Rows are the same if their bytes are. ETS: <c>delete_object/2</c>.</summary>
    /// <returns>How many rows were removed.</returns>
    public long DeleteObject(TRow row)
    {
        using var key = _rows.EncodeKey(row, stackalloc byte[EncodedBytes.ScratchBytes]);
        return DeleteObjectEncoded(key.Bytes, row);
    }

    /// <summary>Reads and removes all rows of a key as one operation; those of a bag in the order of their insertion. ETS: <c>take/2</c>.</summary>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public IReadOnlyList<TRow> TakeAll<TKey>(TKey key)
    {
        using var encoded = _rows.Encode(key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return TakeEncoded(encoded.Bytes);
    }

    /// <summary>Reads and removes the row of a key as one operation. ETS: <c>take/2</c>.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="TableKindException">The table is a bag, whose keys may have several rows; <see cref="TakeAll"/> takes all.</exception>
    /// <exception cref="ArgumentException">The key is of another type than the key member.</exception>
    public bool Take<TKey>(TKey key, [MaybeNullWhen(false)] out TRow row)
    {
        RequireOneRowPerKey(nameof(Take), "TakeAll takes all of them.");
        var taken = TakeAll(key);
        row = taken.Count == 0 ? default : taken[0];
        return taken.Count != 0;
    }

    /// <summary>An empty batch for this table.</summary>
    public EtsBatch<TRow> CreateBatch() => new(File.IsOrdered, _rows);

    /// <summary>
    /// Runs a batch: all of its operations or none, for kills and for readers alike, who see them at once by one store. The batch stays as it is
    /// and can be cleared and filled again. ETS: <c>insert/2</c> with a list, and more.
    /// </summary>
    /// <exception cref="TableFullException">There is no space; nothing has been done.</exception>
    /// <exception cref="TableBusyException">A living process held a key for too long; nothing has been done.</exception>
    /// <exception cref="TableKindException">It deletes objects, and the table is no bag.</exception>
    /// <exception cref="ArgumentException">The batch was made by a table whose keys are ordered and these are not, or the reverse.</exception>
    public void Commit(EtsBatch<TRow> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        RequireEncodedAsHere(batch.IsOrdered);
        File.Commit(batch.Plan);
    }

    /// <summary>Runs a batch unless one of its keys, whatever is to be done under it, is in the table. ETS: <c>insert_new/2</c> with a list.</summary>
    /// <returns>Whether the batch was run.</returns>
    /// <inheritdoc cref="Commit" path="/exception"/>
    public bool CommitIfAllNew(EtsBatch<TRow> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        RequireEncodedAsHere(batch.IsOrdered);
        return File.Commit(batch.Plan, onlyIfAllNew: true);
    }
}
