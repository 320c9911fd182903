using System.Buffers.Binary;

namespace EtsPersist.Mmf;

/// <summary>
/// Reads MessagePack values, in any of their encodings, from a span. Pass it by <c>ref</c>. Input may be hostile: each declared length is
/// checked against the bytes that are left before anything is allocated for it.
/// </summary>
/// <remarks>
/// Threads: one at a time. Blocking: never. Allocation: only strings. Lifetime: spans that it returns are parts of the source.
/// Failure: <see cref="MessagePackFormatException"/> with the offset and what was expected, and nothing else; the reader is of no use after
/// it.
/// </remarks>
public ref partial struct MessagePackReader
{
    private readonly ReadOnlySpan<byte> _source;
    private readonly int _maximumDepth;
    private int _depth;

    /// <summary>Reads from <paramref name="source"/>.</summary>
    /// <param name="source">One or more MessagePack values.</param>
    /// <param name="maximumDepth">How deep containers may nest.</param>
    public MessagePackReader(ReadOnlySpan<byte> source, int maximumDepth = MessagePackLimits.MaximumDepth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumDepth);
        _source = source;
        _maximumDepth = maximumDepth;
    }

    /// <summary>The offset of the next value.</summary>
    public int Position { get; private set; }

    /// <summary>The number of bytes that were not read yet.</summary>
    public readonly int Remaining => _source.Length - Position;

    /// <summary>Whether everything was read.</summary>
    public readonly bool IsAtEnd => Position == _source.Length;

    /// <summary>The kind of the next value.</summary>
    public readonly MessagePackType PeekType() => MessagePackCode.TypeOf(PeekCode("a value"));

    /// <summary>Reads nil.</summary>
    public void ReadNil()
    {
        if (!TryReadNil()) throw Unexpected("nil");
    }

    /// <summary>Reads nil if it is next; reads nothing if another value is.</summary>
    public bool TryReadNil()
    {
        if (PeekCode("nil or a value") != MessagePackCode.Nil) return false;
        Position++;
        return true;
    }

    /// <summary>Reads false or true.</summary>
    public bool ReadBoolean()
    {
        var code = PeekCode("a Boolean");
        if (code is not (MessagePackCode.True or MessagePackCode.False)) throw Unexpected("a Boolean");
        Position++;
        return code == MessagePackCode.True;
    }

    /// <summary>Reads over one value of any kind, with everything in it.</summary>
    public void Skip()
    {
        switch (PeekType())
        {
            case MessagePackType.Nil or MessagePackType.Boolean:
                Position++;
                break;
            case MessagePackType.WholeNumber:
                ReadInteger("an integer");
                break;
            case MessagePackType.FloatingPoint:
                Position += Claim(PeekCode("a float") == MessagePackCode.Float32 ? 5 : 9, "a float");
                break;
            case MessagePackType.Text:
                ReadUtf8();
                break;
            case MessagePackType.Binary:
                ReadBinary();
                break;
            case MessagePackType.Array:
                SkipMany(ReadArrayHeader());
                break;
            case MessagePackType.Map:
                SkipMany(2L * ReadMapHeader());
                break;
            case MessagePackType.Extension:
                ReadExtension(out _);
                break;
            default:
                throw Unexpected("a value");
        }
    }

    /// <summary>Reads over one value and returns its bytes.</summary>
    public ReadOnlySpan<byte> ReadRaw()
    {
        var start = Position;
        Skip();
        return _source[start..Position];
    }

    /// <summary>Goes one level down before the elements of a container are read by code that calls itself.</summary>
    /// <exception cref="MessagePackFormatException">The message nests deeper than the reader allows.</exception>
    public void Enter()
    {
        if (++_depth > _maximumDepth)
            throw new MessagePackFormatException(Position, $"at most {_maximumDepth} nested containers, found one more");
    }

    /// <summary>Goes one level up after the elements of a container.</summary>
    public void Leave() => _depth--;

    /// <summary>Fails if anything is left: a message must not be followed by other bytes.</summary>
    public readonly void ReadEnd()
    {
        if (!IsAtEnd) throw new MessagePackFormatException(Position, $"the end of the message, found {Remaining} more bytes");
    }

    private void SkipMany(long count)
    {
        Enter();
        for (; count > 0; count--) Skip();
        Leave();
    }

    private readonly byte PeekCode(string expected) => Position < _source.Length
        ? _source[Position]
        : throw new MessagePackFormatException(Position, $"{expected}, found the end");

    /// <summary>Checks that the next value has as many bytes.</summary>
    private readonly int Claim(long count, string expected) => count <= Remaining
        ? (int)count
        : throw new MessagePackFormatException(Position, $"{expected} of {count} bytes, found the end after {Remaining}");

    private readonly MessagePackFormatException Unexpected(string expected)
    {
        var code = _source[Position];
        return new MessagePackFormatException(Position, $"{expected}, found {MessagePackCode.TypeOf(code)} (0x{code:x2})");
    }

    /// <summary>
    /// The big-endian unsigned integer of 1, 2, 4 or 8 bytes at an offset from the next value, which the caller has claimed.
    /// </summary>
    private readonly ulong BigEndian(int offset, int width)
    {
        var source = _source.Slice(Position + offset, width);
        return width switch
        {
            1 => source[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(source),
            4 => BinaryPrimitives.ReadUInt32BigEndian(source),
            _ => BinaryPrimitives.ReadUInt64BigEndian(source),
        };
    }
}
