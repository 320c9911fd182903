namespace EtsPersist.Mmf;

/// <summary>Records, classes, structs, lists and dictionaries as MessagePack: a record is an array, its member n at position n.</summary>
/// <remarks>
/// Built once for each type; no reflection for a row. Members at the end that a row lacks take the default of their constructor parameter
/// or
/// what the constructor leaves in the property; members that this type does not know are ignored, and lost when the row is written again.
/// Members are read before the constructor runs; what the type's own constructor or setters throw comes out as it is.
/// </remarks>
/// <typeparam name="T">The type of the rows.</typeparam>
public sealed class RecordCodec<T> : ICodec<T>
{
    private readonly MessagePackFormatter<T> _formatter;

    /// <summary>Builds the codec for values. <see cref="Codecs.ForValue{T}"/> builds it once for all.</summary>
    /// <exception cref="UnsupportedTypeException">The type, or a member's, cannot be stored.</exception>
    public RecordCodec() : this(CodecUse.Value) { }

    internal RecordCodec(CodecUse use) => _formatter = new FormatterBuilder(use).Build<T>();

    /// <inheritdoc/>
    public int FixedSize => -1;

    /// <inheritdoc/>
    public SchemaNode Schema => _formatter.Schema;

    /// <summary>The record's own formatter, or null where the type is a list or dictionary.</summary>
    internal RecordFormatter<T>? Record => _formatter as RecordFormatter<T>;

    /// <inheritdoc/>
    public int MaxSize(T value)
    {
        if (!typeof(T).IsValueType) ArgumentNullException.ThrowIfNull(value);
        return RecordSize.Checked(_formatter.MaxSize(value, 0));
    }

    /// <inheritdoc/>
    public int Encode(T value, Span<byte> destination)
    {
        if (!typeof(T).IsValueType) ArgumentNullException.ThrowIfNull(value);
        var writer = new MessagePackWriter(destination);
        _formatter.Write(ref writer, value);
        return writer.BytesWritten;
    }

    /// <inheritdoc/>
    public T Decode(ReadOnlySpan<byte> source)
    {
        try
        {
            var reader = new MessagePackReader(source);
            if (!typeof(T).IsValueType && reader.PeekType() == MessagePackType.Nil)
                throw new MessagePackFormatException(0, "a value, found nil");
            var value = _formatter.Read(ref reader);
            reader.ReadEnd();
            return value;
        }
        catch (MessagePackFormatException error)
        {
            throw new RowFormatException($"The row is no {typeof(T).Name}: {error.Message} It was written by something else.", error);
        }
    }
}
