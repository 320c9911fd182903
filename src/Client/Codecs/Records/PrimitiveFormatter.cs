namespace EtsPersist.Mmf;

/// <summary>A type that is one MessagePack value of a bounded size.</summary>
internal sealed class PrimitiveFormatter<T>(string name, int maxSize, PrimitiveFormatter<T>.Writer write, PrimitiveFormatter<T>.Reader read)
    : MessagePackFormatter<T>
{
    public delegate void Writer(ref MessagePackWriter writer, T value);

    public delegate T Reader(ref MessagePackReader reader);

    public override SchemaNode Schema { get; } = SchemaNode.Primitive(name);

    public override long MaxSize(T value, int depth) => maxSize;

    public override void Write(ref MessagePackWriter writer, T value) => write(ref writer, value);

    public override T Read(ref MessagePackReader reader) => read(ref reader);
}
