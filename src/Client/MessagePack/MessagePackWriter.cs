using System.Buffers;
using System.Buffers.Binary;

namespace EtsPersist.Mmf;

/// <summary>
/// Writes MessagePack values, each in its smallest encoding, to a growing buffer or into a span. Pass it by <c>ref</c>.
/// </summary>
/// <remarks>
/// Threads: one at a time. Blocking: never. Allocation: none of its own. Lifetime: bytes are in the output when a method returns; there is
/// nothing to flush. Failure: a span that is too small gives <see cref="ArgumentException"/>; a value that fails is not written at all.
/// </remarks>
public ref partial struct MessagePackWriter
{
    private readonly IBufferWriter<byte>? _output;
    private Span<byte> _free;
    private int _depth;

    /// <summary>Writes to a buffer that grows, such as a pooled one.</summary>
    public MessagePackWriter(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
    }

    /// <summary>Writes into a span that is large enough.</summary>
    public MessagePackWriter(Span<byte> destination) => _free = destination;

    /// <summary>The number of bytes written so far.</summary>
    public int BytesWritten { get; private set; }

    /// <summary>Writes nil.</summary>
    public void WriteNil() => WriteByte(MessagePackCode.Nil);

    /// <summary>Writes false or true.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? MessagePackCode.True : MessagePackCode.False);

    /// <summary>Writes a signed integer of any width; zero and above are written in the unsigned formats.</summary>
    public void WriteInt64(long value)
    {
        if (value >= 0) WriteUInt64((ulong)value);
        else if (value >= -32) WriteByte((byte)value);
        else if (value >= sbyte.MinValue) WriteHeader(MessagePackCode.Int8, (byte)value);
        else if (value >= short.MinValue) WriteHeader(MessagePackCode.Int16, (ushort)value);
        else if (value >= int.MinValue) WriteHeader(MessagePackCode.Int32, (uint)value);
        else WriteHeader(MessagePackCode.Int64, (ulong)value);
    }

    /// <summary>Writes an unsigned integer of any width.</summary>
    public void WriteUInt64(ulong value)
    {
        if (value <= MessagePackCode.PositiveFixIntMaximum) WriteByte((byte)value);
        else if (value <= byte.MaxValue) WriteHeader(MessagePackCode.UInt8, (byte)value);
        else if (value <= ushort.MaxValue) WriteHeader(MessagePackCode.UInt16, (ushort)value);
        else if (value <= uint.MaxValue) WriteHeader(MessagePackCode.UInt32, (uint)value);
        else WriteHeader(MessagePackCode.UInt64, value);
    }

    /// <summary>Writes a 32-bit floating-point number.</summary>
    public void WriteSingle(float value) => WriteHeader(MessagePackCode.Float32, BitConverter.SingleToUInt32Bits(value));

    /// <summary>Writes a 64-bit floating-point number.</summary>
    public void WriteDouble(double value) => WriteHeader(MessagePackCode.Float64, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Writes bytes that are MessagePack already.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> encoded)
    {
        encoded.CopyTo(Reserve(encoded.Length));
        Commit(encoded.Length);
    }

    /// <summary>Goes one level down before the elements of a container of unknown depth are written.</summary>
    /// <exception cref="ValueTooLargeException">The value nests deeper than <see cref="MessagePackLimits.MaximumDepth"/>, perhaps because
    /// it contains itself.</exception>
    public void Enter()
    {
        if (++_depth > MessagePackLimits.MaximumDepth) throw TooDeep();
    }

    /// <summary>Goes one level up after the elements of a container.</summary>
    public void Leave() => _depth--;

    /// <summary>The error for a value that is too deep to be written.</summary>
    internal static ValueTooLargeException TooDeep() => new(
        $"The value nests deeper than {MessagePackLimits.MaximumDepth} levels, perhaps because it contains itself. "
        + "Flatten it or break the cycle.");

    private void WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        Commit(1);
    }

    private void WriteHeader(byte code, byte value)
    {
        var target = Reserve(2);
        target[1] = value;
        target[0] = code;
        Commit(2);
    }

    private void WriteHeader(byte code, ushort value)
    {
        var target = Reserve(3);
        target[0] = code;
        BinaryPrimitives.WriteUInt16BigEndian(target[1..], value);
        Commit(3);
    }

    private void WriteHeader(byte code, uint value)
    {
        var target = Reserve(5);
        target[0] = code;
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], value);
        Commit(5);
    }

    private void WriteHeader(byte code, ulong value)
    {
        var target = Reserve(9);
        target[0] = code;
        BinaryPrimitives.WriteUInt64BigEndian(target[1..], value);
        Commit(9);
    }

    private readonly Span<byte> Reserve(int count)
    {
        var target = _output is null ? _free : _output.GetSpan(count);
        return target.Length >= count
            ? target
            : throw new ArgumentException($"The destination has {target.Length} bytes left and {count} are needed.");
    }

    private void Commit(int count)
    {
        if (_output is null) _free = _free[count..];
        else _output.Advance(count);
        BytesWritten += count;
    }
}
