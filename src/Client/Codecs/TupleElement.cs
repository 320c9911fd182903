namespace EtsPersist.Mmf;

/// <summary>One element of a stored tuple. The length before a variable one is 7 bits a byte, lowest first, in its shortest form.</summary>
internal static class TupleElement
{
    private const int LongestLength = 5;
    private const int More = 0x80;

    public static (int FixedSize, SchemaNode Schema) Facts<T>(ICodec<T> codec) => (codec.FixedSize, codec.Schema);

    public static long MaxSize<T>(ICodec<T> codec, T value) =>
        codec.FixedSize >= 0 ? codec.FixedSize : LongestLength + (long)codec.MaxSize(value);

    /// <summary>Writes an element at an offset and returns the offset after it.</summary>
    public static int Encode<T>(ICodec<T> codec, T value, Span<byte> destination, int offset)
    {
        if (codec.FixedSize >= 0) return offset + codec.Encode(value, destination[offset..]);

        // The length is known only after encoding: leave the longest room, write the length, close up.
        var length = codec.Encode(value, destination[(offset + LongestLength)..]);
        var start = WriteLength(destination, offset, length);
        destination.Slice(offset + LongestLength, length).CopyTo(destination[start..]);
        return start + length;
    }

    /// <summary>Reads the element at an offset and moves the offset after it.</summary>
    public static T Decode<T>(ICodec<T> codec, ReadOnlySpan<byte> source, ref int offset)
    {
        var length = codec.FixedSize >= 0 ? codec.FixedSize : ReadLength(source, ref offset);
        if (length > source.Length - offset)
            throw new RowFormatException(
                $"An element of {length} bytes at offset {offset} of a tuple is cut off after {source.Length - offset}.");
        var value = codec.Decode(source.Slice(offset, length));
        offset += length;
        return value;
    }

    public static void End(ReadOnlySpan<byte> source, int offset)
    {
        if (offset != source.Length)
            throw new RowFormatException($"A tuple ends at offset {offset} and is followed by {source.Length - offset} more bytes.");
    }

    private static int WriteLength(Span<byte> destination, int offset, int length)
    {
        var bits = (uint)length;
        for (; bits >= More; bits >>= 7) destination[offset++] = (byte)(bits | More);
        destination[offset++] = (byte)bits;
        return offset;
    }

    private static int ReadLength(ReadOnlySpan<byte> source, ref int offset)
    {
        var length = 0L;
        for (var shift = 0; shift < 7 * LongestLength; shift += 7)
        {
            if (offset >= source.Length)
                throw new RowFormatException($"The length of an element at offset {offset} of a tuple is cut off.");
            var part = source[offset++];
            length |= (long)(part & (More - 1)) << shift;
            if (part < More) return length <= int.MaxValue ? (int)length : int.MaxValue;
        }

        throw new RowFormatException($"The length of an element before offset {offset} of a tuple has more than {LongestLength} bytes.");
    }
}
