using System.Runtime.InteropServices;

namespace EtsPersist.Mmf;

/// <summary>A type whose bytes are its memory, all of them valid values.</summary>
internal sealed class RawCodec<T>(SchemaNode schema) : ICodec<T>
    where T : struct
{
    private static readonly int Size = RawLayout<T>.Size;

    public int FixedSize => Size;

    public SchemaNode Schema => schema;

    public int MaxSize(T value) => Size;

    public int Encode(T value, Span<byte> destination)
    {
        MemoryMarshal.Write(destination, in value);
        return Size;
    }

    public T Decode(ReadOnlySpan<byte> source) =>
        source.Length == Size ? MemoryMarshal.Read<T>(source) : throw RowSize.Wrong(schema, Size, source.Length);
}
