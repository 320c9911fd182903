namespace EtsPersist.Mmf;

/// <summary>A value or nil.</summary>
internal sealed class NullableFormatter<T>(MessagePackFormatter<T> inner) : MessagePackFormatter<T?>
    where T : struct
{
    public override SchemaNode Schema { get; } = SchemaNode.Nullable(inner.Schema);

    public override long MaxSize(T? value, int depth) => value is { } present ? inner.MaxSize(present, depth) : 1;

    public override void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is { } present) inner.Write(ref writer, present);
        else writer.WriteNil();
    }

    public override T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : inner.Read(ref reader);
}
