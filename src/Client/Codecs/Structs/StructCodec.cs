using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EtsPersist.Mmf;

/// <summary>
/// An unmanaged struct as its memory, with its padding set to zero, its Booleans checked and, in keys, its floating-point numbers in one
/// form.
/// </summary>
internal sealed class StructCodec<T> : ICodec<T>
    where T : struct
{
    private readonly StructShape _shape;
    private readonly IReadOnlyList<StructField> _canonical;

    public StructCodec(StructShape shape, CodecUse use)
    {
        _shape = shape;
        _canonical = use == CodecUse.HashKey ? shape.Floats : [];
    }

    public int FixedSize => _shape.Size;

    public SchemaNode Schema => _shape.Schema;

    public int MaxSize(T value) => _shape.Size;

    public int Encode(T value, Span<byte> destination)
    {
        MemoryMarshal.Write(destination, in value);
        for (var index = 0; index < _shape.Padding.Count; index++) destination[_shape.Padding[index]].Clear();
        for (var index = 0; index < _canonical.Count; index++) Canonicalize(_canonical[index], destination);
        return _shape.Size;
    }

    public T Decode(ReadOnlySpan<byte> source)
    {
        if (source.Length != _shape.Size) throw RowSize.Wrong(Schema, _shape.Size, source.Length);
        for (var index = 0; index < _shape.Flags.Count; index++)
        {
            var flag = _shape.Flags[index];
            if (source[flag.Offset..flag.End].ContainsAnyExceptInRange((byte)0, (byte)1))
                throw new RowFormatException(
                    $"The Boolean {flag.Path} of a {typeof(T).Name} is stored as 0 or 1 and another byte was found.");
        }

        return MemoryMarshal.Read<T>(source);
    }

    private static void Canonicalize(StructField field, Span<byte> destination)
    {
        for (var offset = field.Offset; offset < field.End; offset += field.Size)
        {
            var target = destination.Slice(offset, field.Size);
            switch (field.Size)
            {
                case 2:
                    BinaryPrimitives.WriteHalfLittleEndian(target, KeyForm.Of(BinaryPrimitives.ReadHalfLittleEndian(target)));
                    break;
                case 4:
                    BinaryPrimitives.WriteSingleLittleEndian(target, KeyForm.Of(BinaryPrimitives.ReadSingleLittleEndian(target)));
                    break;
                default:
                    BinaryPrimitives.WriteDoubleLittleEndian(target, KeyForm.Of(BinaryPrimitives.ReadDoubleLittleEndian(target)));
                    break;
            }
        }
    }
}
