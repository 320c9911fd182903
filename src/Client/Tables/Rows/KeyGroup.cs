using System.Buffers;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf;

/// <summary>Some encoded keys whose rows are asked for together, in pooled memory.</summary>
internal ref struct KeyGroup(TableFile file, Span<int> ends, Span<ulong> hashes)
{
    /// <summary>How many keys it takes: enough to keep the processor's memory busy, and few enough for its caches.</summary>
    public const int Size = 32;

    private const int InitialBytes = 1024;

    private readonly Span<int> _ends = ends;
    private readonly Span<ulong> _hashes = hashes;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    public readonly bool IsFull => Count == Size;

    private readonly int Used => Count == 0 ? 0 : _ends[Count - 1];

    /// <summary>A key; valid until <see cref="Clear"/>.</summary>
    public readonly ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return _buffer.AsSpan(start, _ends[index] - start);
        }
    }

    public void Add(ReadOnlySpan<byte> key)
    {
        var used = Used;
        if (used + key.Length > _buffer.Length)
            Grow(used + key.Length);
        key.CopyTo(_buffer.AsSpan(used));
        _hashes[Count] = file.HashOf(key);
        _ends[Count++] = used + key.Length;
    }

    /// <summary>Asks for the memory of all rows: first where they are, then what they are.</summary>
    public readonly void Prefetch() => file.Prefetch(_hashes[..Count]);

    public void Clear() => Count = 0;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffer.Length * 2));
        _buffer.AsSpan(0, Used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
