using System.Buffers;

namespace EtsPersist.Mmf;

/// <summary>A key or value as bytes: in the caller's scratch space where it fits, else in a pooled array.</summary>
internal ref struct EncodedBytes
{
    /// <summary>How much scratch space a caller offers on its stack.</summary>
    public const int ScratchBytes = 128;

    private byte[]? _rented;

    /// <summary>The bytes; valid until <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public static EncodedBytes Of<T>(ICodec<T> codec, T value, Span<byte> scratch)
    {
        var encoded = default(EncodedBytes);
        var size = codec.FixedSize >= 0 ? codec.FixedSize : codec.MaxSize(value);
        var destination = size <= scratch.Length ? scratch : encoded._rented = ArrayPool<byte>.Shared.Rent(size);
        encoded.Bytes = destination[..codec.Encode(value, destination)];
        return encoded;
    }

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
