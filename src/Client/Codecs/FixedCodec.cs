namespace EtsPersist.Mmf;

/// <summary>A primitive of a fixed size whose bytes are not its memory: they are checked or brought to one form.</summary>
internal sealed class FixedCodec<T>(string name, int size, FixedCodec<T>.Writer write, FixedCodec<T>.Reader read) : ICodec<T>
{
    public delegate void Writer(T value, Span<byte> destination);

    public delegate T Reader(ReadOnlySpan<byte> source);

    public int FixedSize => size;

    public SchemaNode Schema { get; } = SchemaNode.Primitive(name);

    public int MaxSize(T value) => size;

    public int Encode(T value, Span<byte> destination)
    {
        write(value, destination[..size]);
        return size;
    }

    public T Decode(ReadOnlySpan<byte> source) => source.Length == size ? read(source) : throw RowSize.Wrong(Schema, size, source.Length);
}
