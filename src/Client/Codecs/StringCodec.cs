using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace EtsPersist.Mmf;

/// <summary>Strings as UTF-8. Strings that differ have bytes that differ: equality is ordinal.</summary>
internal sealed class StringCodec : ICodec<string>
{
    private const int CountedFrom = 256;

    public int FixedSize => -1;

    public SchemaNode Schema { get; } = SchemaNode.Primitive("string");

    public static int MaxUtf8Size(string value) => value.Length < CountedFrom ? 3 * value.Length : Encoding.UTF8.GetByteCount(value);

    public int MaxSize(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return MaxUtf8Size(value);
    }

    public int Encode(string value, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (AsciiKeys.TryEncode(value, destination))
            return value.Length;
        return Utf8.FromUtf16(value, destination, out _, out var written, replaceInvalidSequences: false) switch
        {
            OperationStatus.Done => written,
            OperationStatus.DestinationTooSmall =>
                throw new ArgumentException("The destination is smaller than MaxSize said.", nameof(destination)),
            _ => throw InvalidTextException.For(value),
        };
    }

    public string Decode(ReadOnlySpan<byte> source) => Utf8.IsValid(source)
        ? Encoding.UTF8.GetString(source)
        : throw new RowFormatException(
            $"A string is stored as UTF-8 and its {source.Length} bytes are none. The row was written by something else.");
}
