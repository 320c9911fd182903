namespace EtsPersist.Mmf;

/// <summary>Byte arrays as they are.</summary>
internal sealed class BytesCodec : ICodec<byte[]>
{
    public int FixedSize => -1;

    public SchemaNode Schema { get; } = SchemaNode.Primitive("bytes");

    public int MaxSize(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length;
    }

    public int Encode(byte[] value, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.CopyTo(destination);
        return value.Length;
    }

    public byte[] Decode(ReadOnlySpan<byte> source) => source.ToArray();
}
