using System.Text.Json;

namespace EtsPersist.Mmf;

/// <summary>A primitive of one .NET type.</summary>
/// <param name="name">Its name in schemas.</param>
/// <param name="isBare">Whether JSON has values of the kind; NaN and the infinities are text all the same.</param>
/// <param name="format">The value as text.</param>
/// <param name="parse">Reads that text, and what people write.</param>
/// <param name="example">A text that can be read.</param>
internal sealed class JsonPrimitive<T>(string name, bool isBare, Func<T, string> format, Func<string, T> parse, T example) : JsonPrimitive
{
    public override string Example => isBare ? format(example) : $"\"{format(example)}\"";

    public override int FixedSize(CodecUse use) => Codec(use).FixedSize;

    public override void Write(Utf8JsonWriter json, ReadOnlySpan<byte> stored, CodecUse use) =>
        WriteText(json, format(Codec(use).Decode(stored)));

    public override void WritePacked(Utf8JsonWriter json, ref MessagePackReader reader, CodecUse use)
    {
        if (Formatter(use).Read(ref reader) is { } value) WriteText(json, format(value));
        else json.WriteNullValue();
    }

    public override string ReadPackedText(ref MessagePackReader reader, CodecUse use) =>
        Formatter(use).Read(ref reader) is { } value ? format(value) : "null";

    public override byte[] Encode(string text, CodecUse use)
    {
        using var encoded = EncodedBytes.Of(Codec(use), Parse(text), default);
        return encoded.Bytes.ToArray();
    }

    public override void EncodePacked(string text, ref MessagePackWriter writer, CodecUse use) =>
        Formatter(use).Write(ref writer, Parse(text));

    private static ICodec<T> Codec(CodecUse use) => use switch
    {
        CodecUse.Value => Codecs.ForValue<T>(),
        CodecUse.HashKey => Codecs.ForKey<T>(),
        _ => Codecs.ForOrderedKey<T>(),
    };

    private static MessagePackFormatter<T> Formatter(CodecUse use) => (MessagePackFormatter<T>)PrimitiveFormatters.Find(typeof(T), use)!;

    private void WriteText(Utf8JsonWriter json, string text)
    {
        var isJson = isBare && (text is "true" or "false" || char.IsAsciiDigit(text[^1]));
        if (isJson) json.WriteRawValue(text, skipInputValidation: true);
        else json.WriteStringValue(text);
    }

    private T Parse(string text)
    {
        try
        {
            return parse(text);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            throw new KeyTextException($"'{text}' is no {name}. Write it like {Example}.", error);
        }
    }
}
