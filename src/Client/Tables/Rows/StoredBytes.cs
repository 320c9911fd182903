using System.Buffers;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf;

/// <summary>The bytes of a stored value: in the caller's scratch space where they fit, else in a pooled array.</summary>
internal ref struct StoredBytes(Span<byte> scratch)
{
    /// <summary>How much scratch space a caller offers on its stack.</summary>
    public const int ScratchBytes = 256;

    private Span<byte> _buffer = scratch;
    private byte[]? _rented;

    /// <summary>The bytes; valid until the next <see cref="Read"/> and <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Reads the value of a key; false if there is none.</summary>
    public bool Read(TableFile file, ReadOnlySpan<byte> key)
    {
        while (true)
        {
            switch (file.Read(key, _buffer, out var length))
            {
                case ReadStatus.Found:
                    Bytes = _buffer[..length];
                    return true;
                case ReadStatus.Missing:
                    return false;
                default:
                    Rent(length); // by the next attempt the value may be longer still
                    break;
            }
        }
    }

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Rent(int length)
    {
        Dispose();
        _buffer = _rented = ArrayPool<byte>.Shared.Rent(length);
    }
}
