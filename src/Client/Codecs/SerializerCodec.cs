using System.Buffers;

namespace EtsPersist.Mmf;

/// <summary>
/// What another serializer needs to be a codec: it says how to write to a growing buffer and how to read from bytes, and the rest is here.
/// docs/serializers.md has examples.
/// </summary>
/// <remarks>
/// Threads: all members are called by several at once, and so are the two to be written. Blocking: never. Allocation: a buffer for each thread that
/// writes, kept up to 1 MiB, and what the serializer allocates. Each row is serialized once; of value types, which cannot be recognized, twice.
/// </remarks>
/// <typeparam name="T">The type of the keys or values.</typeparam>
/// <param name="name">What the table's schema calls the rows, such as <c>json:Account</c>: the format, and which type. Another name is another schema.</param>
public abstract class SerializerCodec<T>(string name) : ICodec<T>
{
    private const int KeptBytes = 1 << 20;

    /// <summary>What this thread serialized last.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? ThreadBuffer;

    /// <summary>Whose bytes these are, between <see cref="MaxSize"/> and <see cref="Encode"/>.</summary>
    [ThreadStatic]
    private static (SerializerCodec<T>? By, object? Value) Serialized;

    /// <inheritdoc/>
    public int FixedSize => -1;

    /// <inheritdoc/>
    public SchemaNode Schema { get; } = SchemaNode.Primitive(name);

    /// <inheritdoc/>
    public int MaxSize(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var written = Buffer(value).WrittenCount;
        if (!typeof(T).IsValueType) Serialized = (this, value);
        return written;
    }

    /// <inheritdoc/>
    public int Encode(T value, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(value);
        var isSerialized = !typeof(T).IsValueType && ReferenceEquals(Serialized.By, this) && ReferenceEquals(Serialized.Value, value);
        var buffer = isSerialized ? ThreadBuffer! : Buffer(value);
        Serialized = default;
        var written = buffer.WrittenCount;
        buffer.WrittenSpan.CopyTo(destination);
        if (buffer.Capacity > KeptBytes) ThreadBuffer = null;
        return written;
    }

    /// <inheritdoc/>
    public T Decode(ReadOnlySpan<byte> source)
    {
        try
        {
            return Deserialize(source) ?? throw new RowFormatException($"The row is no {typeof(T).Name} but null. It was written by something else.");
        }
        catch (Exception error) when (error is not (EtsException or OutOfMemoryException))
        {
            throw new RowFormatException($"The row is no {typeof(T).Name}: {error.Message} It was written by something else.", error);
        }
    }

    /// <summary>Writes a value to a buffer that grows.</summary>
    protected abstract void Serialize(T value, IBufferWriter<byte> output);

    /// <summary>Reads a value from exactly its bytes, which are valid only during the call. What it throws for others becomes a <see cref="RowFormatException"/>.</summary>
    protected abstract T? Deserialize(ReadOnlySpan<byte> source);

    private ArrayBufferWriter<byte> Buffer(T value)
    {
        var buffer = ThreadBuffer ??= new ArrayBufferWriter<byte>(256);
        Serialized = default;
        buffer.ResetWrittenCount();
        Serialize(value, buffer);
        return buffer;
    }
}
