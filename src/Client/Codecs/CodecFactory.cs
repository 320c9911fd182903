namespace EtsPersist.Mmf;

/// <summary>Chooses and builds the codec of a type.</summary>
internal static class CodecFactory
{
    private const int MostElements = 7;

    /// <summary>An <see cref="ICodec{T}"/> of the type.</summary>
    /// <exception cref="UnsupportedTypeException">The type cannot be stored.</exception>
    public static object Create(Type type, CodecUse use)
    {
        if (type == typeof(string)) return new StringCodec();
        if (type == typeof(byte[])) return new BytesCodec();
        if (type == typeof(ReadOnlyMemory<byte>)) return new MemoryCodec();
        if (use == CodecUse.OrderedKey) return Ordered(type);
        if (FixedCodecs.Find(type, use) is { } codec) return codec;
        if (RawTypes.NameOf(type) is { } name) return Make(typeof(RawCodec<>), type, SchemaNode.Primitive(name));
        if (StructShape.Of(type) is { } shape) return Make(typeof(StructCodec<>), type, Storable(type, shape, use), use);
        if (IsTuple(type)) return Tuple(type, use);
        return Make(typeof(RecordCodec<>), type, use);
    }

    /// <summary>What is left once text and bytes are taken: what has an order that the bytes can have as well.</summary>
    private static object Ordered(Type type) => OrderedCodecs.Find(type)
        ?? (IsTuple(type)
            ? Tuple(type, CodecUse.OrderedKey)
            : throw UnsupportedType.Of(type,
                "the key of an ordered table is an integer, a floating-point number, a character, an enum, a GUID, a date or time, text, bytes, or a tuple of these"));

    private static bool IsTuple(Type type) => type.FullName is { } full && full.StartsWith("System.ValueTuple`", StringComparison.Ordinal);

    private static StructShape Storable(Type type, StructShape shape, CodecUse use)
    {
        if (use == CodecUse.Value) return shape;
        if (shape.Padding.Count > 0)
        {
            throw UnsupportedType.Of(type,
                $"as a key its bytes must be its fields, and bytes {string.Join(", ", shape.Padding)} are padding; "
                + "order the fields by size, fill the gap with a field, or mark the struct [EtsRecord]");
        }

        return shape is { HasOverlaps: true, Floats.Count: > 0 }
            ? throw UnsupportedType.Of(type,
                "as a key its floating-point fields must not share bytes with others; mark the struct [EtsRecord]")
            : shape;
    }

    private static object Tuple(Type type, CodecUse use) => type.GetGenericArguments().Length <= MostElements
        ? Make(typeof(TupleCodec<>), type, use)
        : throw UnsupportedType.Of(type, $"a tuple has at most {MostElements} elements; use a record");

    private static object Make(Type codec, Type type, params object[] arguments)
    {
        const System.Reflection.BindingFlags Any = System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public
            | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.DoNotWrapExceptions;
        return Activator.CreateInstance(codec.MakeGenericType(type), Any, null, arguments, null)!;
    }
}
