namespace EtsPersist.Mmf;

/// <summary>Bytes or nil.</summary>
internal sealed class BytesFormatter : MessagePackFormatter<byte[]?>
{
    private const int LongestHead = 5;

    public override SchemaNode Schema { get; } = SchemaNode.Primitive("bytes");

    public override long MaxSize(byte[]? value, int depth) => LongestHead + (value?.LongLength ?? 0);

    public override void Write(ref MessagePackWriter writer, byte[]? value)
    {
        if (value is null) writer.WriteNil();
        else writer.WriteBinary(value);
    }

    public override byte[]? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : reader.ReadBinary().ToArray();
}
