namespace EtsPersist.Mmf;

/// <summary>Read-only memory as its bytes; comes back as a copy.</summary>
internal sealed class MemoryCodec : ICodec<ReadOnlyMemory<byte>>
{
    public int FixedSize => -1;

    public SchemaNode Schema { get; } = SchemaNode.Primitive("bytes");

    public int MaxSize(ReadOnlyMemory<byte> value) => value.Length;

    public int Encode(ReadOnlyMemory<byte> value, Span<byte> destination)
    {
        value.Span.CopyTo(destination);
        return value.Length;
    }

    public ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> source) => source.ToArray();
}
