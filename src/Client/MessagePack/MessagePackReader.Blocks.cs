using System.Text;
using System.Text.Unicode;

namespace EtsPersist.Mmf;

/// <content>Text, bytes, containers, extensions and timestamps.</content>
public ref partial struct MessagePackReader
{
    private const uint NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Reads text. Nil is not text: ask <see cref="TryReadNil"/> first.</summary>
    public string ReadString()
    {
        var start = Position;
        var utf8 = ReadUtf8();
        return Utf8.IsValid(utf8)
            ? Encoding.UTF8.GetString(utf8)
            : throw new MessagePackFormatException(start, "text, found bytes that are no UTF-8");
    }

    /// <summary>Reads the bytes of text without checking that they are UTF-8. They are a part of the source.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        var code = PeekCode("text");
        return (code & 0xe0) == MessagePackCode.FixString ? Block(1, code & 0x1f, "text")
            : code is >= MessagePackCode.String8 and <= MessagePackCode.String32 ? SizedBlock(code - MessagePackCode.String8, 0, "text")
            : throw Unexpected("text");
    }

    /// <summary>Reads bytes. They are a part of the source.</summary>
    public ReadOnlySpan<byte> ReadBinary()
    {
        var code = PeekCode("bytes");
        return code is >= MessagePackCode.Binary8 and <= MessagePackCode.Binary32
            ? SizedBlock(code - MessagePackCode.Binary8, 0, "bytes")
            : throw Unexpected("bytes");
    }

    /// <summary>Reads the head of an array and returns how many values follow; at least as many bytes do.</summary>
    public int ReadArrayHeader() => ReadContainer(MessagePackType.Array, MessagePackCode.Array16, 1, "an array");

    /// <summary>Reads the head of a map and returns how many pairs follow; at least twice as many bytes do.</summary>
    public int ReadMapHeader() => ReadContainer(MessagePackType.Map, MessagePackCode.Map16, 2, "a map");

    /// <summary>Reads an extension value: its type number and its bytes, which are a part of the source.</summary>
    public ReadOnlySpan<byte> ReadExtension(out sbyte type)
    {
        const string Expected = "an extension";
        var start = Position;
        var code = PeekCode(Expected);
        int typeOffset;
        ReadOnlySpan<byte> data;
        if (code is >= MessagePackCode.FixExtension1 and <= MessagePackCode.FixExtension16)
        {
            typeOffset = 1;
            data = Block(2, 1 << (code - MessagePackCode.FixExtension1), Expected);
        }
        else if (code is >= MessagePackCode.Extension8 and <= MessagePackCode.Extension32)
        {
            typeOffset = 1 + (1 << (code - MessagePackCode.Extension8));
            data = SizedBlock(code - MessagePackCode.Extension8, 1, Expected);
        }
        else
        {
            throw Unexpected(Expected);
        }

        type = (sbyte)_source[start + typeOffset];
        return data;
    }

    /// <summary>Reads a timestamp: seconds since 1970 and the nanoseconds after them.</summary>
    public long ReadTimestamp(out uint nanoseconds)
    {
        var start = Position;
        var data = ReadExtension(out var type);
        var timestamp = new MessagePackReader(data);
        if (type != MessagePackCode.TimestampExtension || data.Length is not (4 or 8 or 12))
            throw new MessagePackFormatException(start, $"a timestamp, found an extension of type {type} with {data.Length} bytes");
        long seconds;
        switch (data.Length)
        {
            case 4:
                nanoseconds = 0;
                seconds = (long)timestamp.BigEndian(0, 4);
                break;
            case 8:
                var both = timestamp.BigEndian(0, 8);
                nanoseconds = (uint)(both >> 34);
                seconds = (long)(both & ((1UL << 34) - 1));
                break;
            default:
                nanoseconds = (uint)timestamp.BigEndian(0, 4);
                seconds = (long)timestamp.BigEndian(4, 8);
                break;
        }

        return nanoseconds < NanosecondsPerSecond
            ? seconds
            : throw new MessagePackFormatException(start, $"a timestamp with less than a billion nanoseconds, found {nanoseconds}");
    }

    /// <summary>Reads a timestamp as UTC, cut to the 100 nanoseconds that <see cref="DateTime"/> can hold.</summary>
    public DateTime ReadDateTime()
    {
        const long Earliest = -62_135_596_800;
        const long Latest = 253_402_300_799;
        var start = Position;
        var seconds = ReadTimestamp(out var nanoseconds);
        return seconds is >= Earliest and <= Latest
            ? DateTime.UnixEpoch.AddTicks((seconds * TimeSpan.TicksPerSecond) + (nanoseconds / TimeSpan.NanosecondsPerTick))
            : throw new MessagePackFormatException(start, $"a timestamp of the years 1 to 9999, found {seconds} seconds since 1970");
    }

    private int ReadContainer(MessagePackType type, byte code16, int bytesPerElement, string expected)
    {
        var code = PeekCode(expected);
        if (MessagePackCode.TypeOf(code) != type) throw Unexpected(expected);
        var header = 1;
        ulong count = (uint)code & 0x0f;
        if (code >= code16)
        {
            var width = code == code16 ? 2 : 4;
            header = Claim(1 + width, expected);
            count = BigEndian(1, width);
        }

        // Each element has a byte at least; a count that cannot be true must not reach anyone who allocates for it.
        var least = count * (ulong)bytesPerElement;
        if (least > (ulong)(Remaining - header))
            throw new MessagePackFormatException(
                Position, $"{expected} of {count} elements, found {Remaining - header} bytes after its head");
        Position += header;
        return (int)count;
    }

    private ReadOnlySpan<byte> SizedBlock(int widthLog, int extra, string expected)
    {
        var width = 1 << widthLog;
        Claim(1 + width, expected);
        return Block(1 + width + extra, (long)BigEndian(1, width), expected);
    }

    private ReadOnlySpan<byte> Block(int header, long length, string expected)
    {
        var total = Claim(header + length, expected);
        var block = _source.Slice(Position + header, (int)length);
        Position += total;
        return block;
    }
}
