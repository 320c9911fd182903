using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf;

public sealed partial class EtsTable<TKey, TValue>
{
    /// <summary>
    /// Stores a row: instead of the one of its key, or, in a bag, beside them; a bag that has the same row already, and is no duplicate bag, stays as it is.
    /// When it returns, the row survives the death of any process. ETS: <c>insert/2</c>.
    /// </summary>
    /// <exception cref="KeyTooLargeException">The encoded key is too long.</exception>
    /// <exception cref="ValueTooLargeException">The encoded value is too long.</exception>
    /// <exception cref="TableFullException">There is no space; nothing has been done.</exception>
    /// <exception cref="TableBusyException">A living process held the bucket or the key for too long; nothing has been done.</exception>
    public void Insert(TKey key, TValue value)
    {
        if (typeof(TKey).IsValueType && typeof(TValue).IsValueType && RawLayout<TKey>.IsRawKey && RawLayout<TValue>.IsRaw && !_file.IsOrdered)
        {
            _file.Insert(RowBytes.Of(in key), RowBytes.Of(in value));
            return;
        }
        using var encodedKey = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        using var encodedValue = EncodedBytes.Of(_values, value, stackalloc byte[EncodedBytes.ScratchBytes]);
        _file.Insert(encodedKey.Bytes, encodedValue.Bytes);
    }

    /// <summary>Stores a row unless its key is there. ETS: <c>insert_new/2</c>.</summary>
    /// <returns>Whether it was stored.</returns>
    /// <inheritdoc cref="Insert" path="/exception"/>
    public bool InsertNew(TKey key, TValue value)
    {
        using var encodedKey = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        using var encodedValue = EncodedBytes.Of(_values, value, stackalloc byte[EncodedBytes.ScratchBytes]);
        return _file.InsertNew(encodedKey.Bytes, encodedValue.Bytes);
    }

    /// <summary>Removes the row of a key, or, in a bag, all its rows. ETS: <c>delete/2</c>.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(TKey key)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return _file.Delete(encoded.Bytes);
    }

    /// <summary>Removes the row of a key if it has this value; of a bag all copies of the row. Values are the same if their bytes are. ETS: <c>delete_object/2</c>.</summary>
    /// <returns>How many rows were removed.</returns>
    public long DeleteObject(TKey key, TValue value)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return DeleteObjectEncoded(encoded.Bytes, value);
    }

    /// <summary>Reads and removes all rows of a key as one operation; those of a bag in the order of their insertion. ETS: <c>take/2</c>.</summary>
    public IReadOnlyList<TValue> TakeAll(TKey key)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return TakeEncoded(encoded.Bytes);
    }

    /// <summary>Reads and removes the row of a key as one operation. ETS: <c>take/2</c>.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="TableKindException">The table is a bag, whose keys may have several rows; <see cref="TakeAll"/> takes all.</exception>
    public bool Take(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        Span<byte> scratch = stackalloc byte[ScratchValueBytes];
        var status = _file.Take(encoded.Bytes, scratch, out var length);
        if (status == ReadStatus.DestinationTooSmall)
            return TakeLong(encoded.Bytes, length, out value);
        value = status == ReadStatus.Found ? _values.Decode(scratch[..length]) : default;
        return status == ReadStatus.Found;
    }

    private bool TakeLong(ReadOnlySpan<byte> key, int length, [MaybeNullWhen(false)] out TValue value)
    {
        while (true)
        {
            var rented = ArrayPool<byte>.Shared.Rent(length);
            try
            {
                var status = _file.Take(key, rented, out length);
                if (status == ReadStatus.DestinationTooSmall)
                    continue;
                value = status == ReadStatus.Found ? _values.Decode(rented.AsSpan(0, length)) : default;
                return status == ReadStatus.Found;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }
}
