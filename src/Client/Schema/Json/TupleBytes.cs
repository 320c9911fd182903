namespace EtsPersist.Mmf;

/// <summary>The elements of stored tuples as their bytes, whatever their types.</summary>
internal static class TupleBytes
{
    private static readonly BytesCodec Bytes = new();

    /// <summary>The bytes that a part takes, or -1 where they vary.</summary>
    public static int FixedSize(SchemaNode node, CodecUse use) => node.Kind switch
    {
        SchemaKind.Primitive => JsonPrimitives.Find(node.Name)?.FixedSize(use) ?? -1,
        SchemaKind.Struct => node.Size,
        SchemaKind.Tuple => FixedSizeOfTuple(node, use),
        _ => -1,
    };

    /// <summary>The element at an offset; moves the offset behind it.</summary>
    public static ReadOnlySpan<byte> Next(SchemaNode element, ReadOnlySpan<byte> tuple, ref int offset, CodecUse use)
    {
        var size = FixedSize(element, use);
        if (size < 0)
        {
            return use == CodecUse.OrderedKey
                ? OrderedTupleElement.Decode(Bytes, tuple, ref offset)
                : TupleElement.Decode(Bytes, tuple, ref offset);
        }
        if (size > tuple.Length - offset)
            throw new RowFormatException(
                $"An element of {size} bytes at offset {offset} of a tuple is cut off after {tuple.Length - offset}.");
        offset += size;
        return tuple.Slice(offset - size, size);
    }

    /// <summary>Appends an element.</summary>
    public static void Append(SchemaNode element, byte[] encoded, List<byte> tuple, CodecUse use)
    {
        if (FixedSize(element, use) >= 0)
        {
            tuple.AddRange(encoded);
            return;
        }
        var isOrdered = use == CodecUse.OrderedKey;
        var written = new byte[isOrdered ? OrderedTupleElement.MaxSize(Bytes, encoded) : TupleElement.MaxSize(Bytes, encoded)];
        var length = isOrdered ? OrderedTupleElement.Encode(Bytes, encoded, written, 0) : TupleElement.Encode(Bytes, encoded, written, 0);
        tuple.AddRange(written.AsSpan(0, length));
    }

    private static int FixedSizeOfTuple(SchemaNode node, CodecUse use)
    {
        var sum = 0;
        foreach (var member in node.Members)
        {
            var size = FixedSize(member.Type, use);
            if (size < 0) return -1;
            sum += size;
        }
        return sum;
    }
}
