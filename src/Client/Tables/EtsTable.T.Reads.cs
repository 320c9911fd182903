using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf;

public sealed partial class EtsTable<TKey, TValue>
{
    private const int ScratchValueBytes = 256;

    /// <summary>Reads the row of a key. Allocates nothing where keys and values have a fixed size. ETS: <c>lookup/2</c>.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="TableKindException">The table is a bag, whose keys may have several rows; <see cref="Lookup"/> gives all.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        // A value type first: only there is RawLayout a constant to the compiler, elsewhere asking it would cost more than the answer is worth.
        if (!typeof(TKey).IsValueType || !RawLayout<TKey>.IsRawKey || _file.IsOrdered)
            return TryGetByEncoding(key, out value);
        return typeof(TValue).IsValueType && RawLayout<TValue>.IsRaw
            ? TryGetRaw(RowBytes.Of(in key), out value)
            : TryGetDecoded(RowBytes.Of(in key), out value);
    }

    /// <summary>The rows of a key: none or one, or, in a bag, any number in the order of their insertion, as of one moment. ETS: <c>lookup/2</c>.</summary>
    public IReadOnlyList<TValue> Lookup(TKey key)
    {
        if (!HasManyRowsPerKey)
            return TryGet(key, out var value) ? [value] : [];
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return LookupEncoded(encoded.Bytes);
    }

    /// <summary>Whether there is a row of this key. Allocates nothing. ETS: <c>member/2</c>.</summary>
    public bool ContainsKey(TKey key)
    {
        using var encoded = EncodedBytes.Of(_keys, key, stackalloc byte[EncodedBytes.ScratchBytes]);
        return _file.Contains(encoded.Bytes);
    }

    private bool TryGetByEncoding(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var size = _keys.FixedSize >= 0 ? _keys.FixedSize : _keys.MaxSize(key);
        if (size <= EncodedBytes.ScratchBytes)
        {
            Span<byte> scratch = stackalloc byte[EncodedBytes.ScratchBytes];
            var written = _keys.Encode(key, scratch);
            return TryGetBytes(scratch[..written], out value);
        }
        using var encoded = EncodedBytes.Of(_keys, key, default);
        return TryGetBytes(encoded.Bytes, out value);
    }

    private bool TryGetBytes(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out TValue value) =>
        typeof(TValue).IsValueType && RawLayout<TValue>.IsRaw ? TryGetRaw(key, out value) : TryGetDecoded(key, out value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryGetRaw(ReadOnlySpan<byte> key, out TValue value)
    {
        Unsafe.SkipInit(out value);
        var status = _file.Read(key, RowBytes.Destination(ref value), out var length);
        if (status == ReadStatus.Missing)
        {
            value = default!;
            return false;
        }
        if (length != Unsafe.SizeOf<TValue>())
            throw RowSize.Wrong(_values.Schema, Unsafe.SizeOf<TValue>(), length);
        return true;
    }

    private bool TryGetDecoded(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out TValue value)
    {
        Span<byte> scratch = stackalloc byte[ScratchValueBytes];
        switch (_file.Read(key, scratch, out var bytes))
        {
            case ReadStatus.Found:
                value = _values.Decode(scratch[..bytes]);
                return true;
            case ReadStatus.Missing:
                value = default;
                return false;
            default:
                return TryGetLong(key, bytes, out value);
        }
    }

    /// <summary>The value may be replaced by a longer one between two attempts, hence the loop.</summary>
    private bool TryGetLong(ReadOnlySpan<byte> key, int length, [MaybeNullWhen(false)] out TValue value)
    {
        while (true)
        {
            var rented = ArrayPool<byte>.Shared.Rent(length);
            try
            {
                var status = _file.Read(key, rented, out length);
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
