using System.Text.Json;

namespace EtsPersist.Mmf;

/// <summary>
/// A primitive of schemas as JSON: a number or Boolean where it is one, else text. Its stored forms are those of the typed codecs, so that
/// the two never differ.
/// </summary>
internal abstract class JsonPrimitive
{
    /// <summary>The bytes that it takes outside MessagePack, or -1 where they vary.</summary>
    public abstract int FixedSize(CodecUse use);

    /// <summary>A text that it can be read from, for messages.</summary>
    public abstract string Example { get; }

    /// <summary>Writes a value that is stored as its own bytes.</summary>
    public abstract void Write(Utf8JsonWriter json, ReadOnlySpan<byte> stored, CodecUse use);

    /// <summary>Writes a value that is a part of a MessagePack message.</summary>
    public abstract void WritePacked(Utf8JsonWriter json, ref MessagePackReader reader, CodecUse use);

    /// <summary>Reads the name of a JSON member from the key of a MessagePack map.</summary>
    public abstract string ReadPackedText(ref MessagePackReader reader, CodecUse use);

    /// <summary>The stored bytes of what a text says.</summary>
    /// <exception cref="KeyTextException">It says none.</exception>
    public abstract byte[] Encode(string text, CodecUse use);

    /// <summary>The same as a part of a MessagePack message.</summary>
    public abstract void EncodePacked(string text, ref MessagePackWriter writer, CodecUse use);
}
