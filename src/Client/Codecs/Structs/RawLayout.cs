using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf;

/// <summary>
/// Whether a type is stored as its own memory, little-endian, so that a table may copy it without its codec.
/// The fields are constants to compiled code once the type is in use: a branch on them costs nothing.
/// </summary>
/// <remarks>Built-in codecs only: a table that was given another codec must not take this path.</remarks>
/// <typeparam name="T">The type of the keys or values.</typeparam>
public static class RawLayout<T>
{
    /// <summary>
    /// Whether the codec of <see cref="Codecs.ForValue{T}"/> writes exactly the value's memory and reads any bytes of that size.
    /// </summary>
    public static readonly bool IsRaw = IsRawFor(CodecUse.Value);

    /// <summary>
    /// The same for <see cref="Codecs.ForKey{T}"/>. False for floating point, whose equal numbers may differ in their bits.
    /// </summary>
    public static readonly bool IsRawKey = IsRawFor(CodecUse.HashKey);

    /// <summary>The bytes of a raw value; 0 where the type is not raw.</summary>
    public static readonly int Size = IsRaw ? Unsafe.SizeOf<T>() : 0;

    private static bool IsRawFor(CodecUse use) =>
        BitConverter.IsLittleEndian && !RuntimeHelpers.IsReferenceOrContainsReferences<T>() && RawTypes.IsRaw(typeof(T), use);
}
