namespace EtsPersist.Mmf.Protocol;

/// <summary>Reads the elements of one message; everything wrong with it is a <see cref="ProtocolException"/>.</summary>
internal ref struct FieldReader
{
    private MessagePackReader _reader;
    private int _left;

    private FieldReader(ReadOnlySpan<byte> payload)
    {
        _reader = new MessagePackReader(payload, FrameLimits.MaximumDepth);
        _left = _reader.ReadArrayHeader();
    }

    /// <summary>Whether the sender knew a further field.</summary>
    public readonly bool HasMore => _left > 0;

    /// <summary>Opens a frame's payload; the reader stands on the message's first field.</summary>
    public static FieldReader Open(ReadOnlySpan<byte> payload, out MessageHeader header)
    {
        try
        {
            // The whole frame is walked first: what a version does not read is no excuse for what is no MessagePack.
            var walk = new MessagePackReader(payload, FrameLimits.MaximumDepth);
            walk.Skip();
            walk.ReadEnd();
            var reader = new FieldReader(payload);
            header = new MessageHeader((MessageType)reader.ReadByte(), reader.ReadUInt32());
            return reader;
        }
        catch (MessagePackFormatException error)
        {
            throw new ProtocolException($"A frame is no message: {error.Message}", error);
        }
    }

    public byte ReadByte()
    {
        Take();
        return _reader.ReadByte();
    }

    public uint ReadUInt32()
    {
        Take();
        return _reader.ReadUInt32();
    }

    public ulong ReadUInt64()
    {
        Take();
        return _reader.ReadUInt64();
    }

    public int ReadInt32()
    {
        Take();
        return _reader.ReadInt32();
    }

    public long ReadInt64()
    {
        Take();
        return _reader.ReadInt64();
    }

    public bool ReadBoolean()
    {
        Take();
        return _reader.ReadBoolean();
    }

    public string ReadText(int maximumCharacters = FrameLimits.MaximumTextCharacters)
    {
        Take();
        var text = _reader.ReadString();
        return text.Length <= maximumCharacters
            ? text
            : throw new ProtocolException($"A message has a text of {text.Length} characters where {maximumCharacters} are allowed.");
    }

    public string? ReadOptionalText(int maximumCharacters = FrameLimits.MaximumTextCharacters) =>
        TryReadNil() ? null : ReadText(maximumCharacters);

    public byte[] ReadBytes()
    {
        Take();
        return _reader.ReadBinary().ToArray();
    }

    public ReadOnlyMemory<byte>? ReadOptionalBytes() => TryReadNil() ? default(ReadOnlyMemory<byte>?) : ReadBytes();

    public int? ReadOptionalInt32() => TryReadNil() ? null : ReadInt32();

    /// <summary>Reads an array of small arrays, each of which may have further elements that are ignored.</summary>
    public T[] ReadList<T>(ElementReader<T> readElement)
    {
        Take();
        var elements = new T[_reader.ReadArrayHeader()];
        for (var i = 0; i < elements.Length; i++)
        {
            var outer = _left;
            _left = _reader.ReadArrayHeader();
            elements[i] = readElement(ref this);
            for (; _left > 0; _left--) _reader.Skip();
            _left = outer;
        }
        return elements;
    }

    private bool TryReadNil()
    {
        if (_left <= 0 || !_reader.TryReadNil()) return false;
        _left--;
        return true;
    }

    private void Take()
    {
        if (_left-- <= 0) throw new ProtocolException("A message has fewer fields than its first version had.");
    }
}
