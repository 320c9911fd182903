using System.Buffers;

namespace EtsPersist.Mmf;

/// <summary>An encoded row that is being changed, in pooled memory. One thread at a time.</summary>
internal sealed class EditBuffer : IDisposable
{
    private const int SmallRow = 256;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(SmallRow);
    private int _used;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _used);

    /// <summary>Begins with these bytes.</summary>
    public void Load(ReadOnlySpan<byte> row) => Replace(0, _used, row);

    /// <summary>Begins with an encoded value.</summary>
    public void Load<T>(ICodec<T> codec, T value)
    {
        using var encoded = EncodedBytes.Of(codec, value, stackalloc byte[EncodedBytes.ScratchBytes]);
        Load(encoded.Bytes);
    }

    /// <summary>Puts other bytes, of any number, in the place of some.</summary>
    public void Replace(int start, int length, ReadOnlySpan<byte> bytes)
    {
        var rest = _used - start - length;
        var used = start + bytes.Length + rest;
        if (used > _buffer.Length)
            Grow(used);
        _buffer.AsSpan(start + length, rest).CopyTo(_buffer.AsSpan(start + bytes.Length));
        bytes.CopyTo(_buffer.AsSpan(start));
        _used = used;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _used = 0;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffer.Length * 2));
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
