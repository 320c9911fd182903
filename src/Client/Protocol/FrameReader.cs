using System.Buffers.Binary;
using System.Diagnostics;

namespace EtsPersist.Mmf.Protocol;

/// <summary>
/// Cuts a stream of bytes into frames. The buffer grows with what has arrived, never with what a header promises, and one read takes as many
/// frames as the kernel has.
/// </summary>
/// <remarks>Threads: one at a time. Lifetime: a frame is valid until the next read. Failure: <see cref="ProtocolException"/>, after which the connection is of no use.</remarks>
/// <param name="stream">Where the bytes come from.</param>
/// <param name="frameTime">How long a frame may take from its first byte to its last when it is read asynchronously; null for any time.</param>
internal sealed class FrameReader(Stream stream, TimeSpan? frameTime = null)
{
    private const int InitialBytes = 4096;
    private byte[] _buffer = new byte[InitialBytes];
    private int _start;
    private int _end;

    /// <summary>Reads the next frame's payload, blocking; false at the end of the stream between two frames.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> payload)
    {
        while (!TryTake(out payload))
        {
            MakeRoom();
            var count = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (IsEnd(count)) return false;
        }
        return true;
    }

    /// <summary>Reads the next frame's payload; null at the end of the stream between two frames.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> payload;
        long? began = null;
        while (!TryTake(out payload))
        {
            MakeRoom();
            var count = frameTime is { } time && _start != _end
                ? await ReadInTimeAsync(began ??= Stopwatch.GetTimestamp(), time, cancellationToken).ConfigureAwait(false)
                : await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (IsEnd(count)) return null;
        }
        return payload;
    }

    /// <summary>Reads on in a frame that has begun: one that trickles in must not hold a connection for ever.</summary>
    private async ValueTask<int> ReadInTimeAsync(long began, TimeSpan time, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var left = time - Stopwatch.GetElapsedTime(began);
        limit.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        try
        {
            return await stream.ReadAsync(_buffer.AsMemory(_end), limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ProtocolException($"A frame was begun and not ended within {time.TotalSeconds:0.#} s; {_end - _start} of its bytes came.");
        }
    }

    private bool TryTake(out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        var available = _end - _start;
        if (available < FrameLimits.HeaderBytes) return false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_start));
        if (length is 0 or > FrameLimits.MaximumBytes)
            throw new ProtocolException($"A frame announces {length} bytes; frames have 1 to {FrameLimits.MaximumBytes}.");
        if (available - FrameLimits.HeaderBytes < length) return false;
        payload = _buffer.AsMemory(_start + FrameLimits.HeaderBytes, (int)length);
        _start += FrameLimits.HeaderBytes + (int)length;
        return true;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            // Nothing is pending: a buffer that one long frame has grown is given back.
            _start = _end = 0;
            if (_buffer.Length > InitialBytes) _buffer = new byte[InitialBytes];
            return;
        }
        if (_end < _buffer.Length) return;
        var pending = _end - _start;
        var target = pending > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, pending).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, pending);
    }

    private bool IsEnd(int count)
    {
        _end += count;
        if (count > 0) return false;
        if (_start == _end) return true;
        throw new ProtocolException($"The connection ended inside a frame, after {_end - _start} of its bytes.");
    }
}
