namespace EtsPersist.Mmf;

/// <summary>Read-only memory as bytes; nil is read as none.</summary>
internal sealed class MemoryFormatter : MessagePackFormatter<ReadOnlyMemory<byte>>
{
    private const int LongestHead = 5;

    public override SchemaNode Schema { get; } = SchemaNode.Primitive("bytes");

    public override long MaxSize(ReadOnlyMemory<byte> value, int depth) => LongestHead + (long)value.Length;

    public override void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> value) => writer.WriteBinary(value.Span);

    public override ReadOnlyMemory<byte> Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? default : reader.ReadBinary().ToArray();
}
