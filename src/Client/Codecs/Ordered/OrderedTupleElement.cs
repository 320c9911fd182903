using System.Buffers;

namespace EtsPersist.Mmf;

/// <summary>
/// One element of a tuple in the key of an ordered table. One of a fixed size stands as it is; of any other each zero byte is followed by 0xFF, and two
/// zero bytes end it. So a shorter element comes before a longer one that begins like it, whatever follows.
/// </summary>
internal static class OrderedTupleElement
{
    private const byte Escape = 0;
    private const byte EscapedZero = 0xFF;
    private const byte EndMark = 0;
    private const int EndBytes = 2;
    private const int ScratchBytes = 256;

    public static (int FixedSize, SchemaNode Schema) Facts<T>(ICodec<T> codec) => (codec.FixedSize, codec.Schema);

    public static long MaxSize<T>(ICodec<T> codec, T value) =>
        codec.FixedSize >= 0 ? codec.FixedSize : (2L * codec.MaxSize(value)) + EndBytes;

    /// <summary>Writes an element at an offset and returns the offset after it.</summary>
    public static int Encode<T>(ICodec<T> codec, T value, Span<byte> destination, int offset)
    {
        if (codec.FixedSize >= 0) return offset + codec.Encode(value, destination[offset..]);

        // Encoded so far behind that what is written in front never reaches what is still to be read.
        var raw = destination[(offset + codec.MaxSize(value) + EndBytes)..];
        var length = codec.Encode(value, raw);
        for (var index = 0; index < length; index++)
        {
            var part = raw[index];
            destination[offset++] = part;
            if (part == Escape) destination[offset++] = EscapedZero;
        }

        destination[offset++] = Escape;
        destination[offset++] = EndMark;
        return offset;
    }

    /// <summary>Reads the element at an offset and moves the offset after it.</summary>
    public static T Decode<T>(ICodec<T> codec, ReadOnlySpan<byte> source, ref int offset)
    {
        if (codec.FixedSize < 0) return DecodeEscaped(codec, source, ref offset);
        if (codec.FixedSize > source.Length - offset)
            throw new RowFormatException(
                $"An element of {codec.FixedSize} bytes at offset {offset} of a tuple is cut off after {source.Length - offset}.");
        var value = codec.Decode(source.Slice(offset, codec.FixedSize));
        offset += codec.FixedSize;
        return value;
    }

    public static void End(ReadOnlySpan<byte> source, int offset) => TupleElement.End(source, offset);

    private static T DecodeEscaped<T>(ICodec<T> codec, ReadOnlySpan<byte> source, ref int offset)
    {
        var most = source.Length - offset;
        var rented = most > ScratchBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        try
        {
            var raw = rented ?? stackalloc byte[ScratchBytes];
            var length = Unescape(source, ref offset, raw);
            return codec.Decode(raw[..length]);
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Unescape(ReadOnlySpan<byte> source, ref int offset, Span<byte> raw)
    {
        var length = 0;
        while (offset < source.Length)
        {
            var part = source[offset++];
            if (part != Escape)
            {
                raw[length++] = part;
                continue;
            }

            var what = offset < source.Length ? source[offset++] : throw CutOff(offset);
            if (what == EndMark) return length;
            if (what != EscapedZero)
                throw new RowFormatException($"A zero byte before offset {offset} of a tuple is followed by {what}, which means nothing.");
            raw[length++] = Escape;
        }

        throw CutOff(offset);
    }

    private static RowFormatException CutOff(int offset) => new($"An element of a tuple is cut off at offset {offset}.");
}
