namespace EtsPersist.Mmf;

/// <summary>Text or nil.</summary>
internal sealed class StringFormatter : MessagePackFormatter<string?>
{
    private const int LongestHead = 5;

    public override SchemaNode Schema { get; } = SchemaNode.Primitive("string");

    public override long MaxSize(string? value, int depth) => value is null ? 1 : LongestHead + (long)StringCodec.MaxUtf8Size(value);

    public override void Write(ref MessagePackWriter writer, string? value) => writer.WriteString(value);

    public override string? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : reader.ReadString();
}
