using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EtsPersist.Mmf;

/// <summary>Copies values that are stored as their own memory.</summary>
public static class RawMemory
{
    /// <summary>Reads a raw value from the start of <paramref name="source"/>. Only where <see cref="RawLayout{T}.IsRaw"/>.</summary>
    /// <exception cref="RowFormatException">The source is shorter than the value.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(ReadOnlySpan<byte> source)
    {
        // The generic parameter has no constraint, so MemoryMarshal.Read cannot be called; the checks here are its own.
        if (!RawLayout<T>.IsRaw || source.Length < RawLayout<T>.Size) ThrowShort<T>(source.Length);
        return Unsafe.ReadUnaligned<T>(ref MemoryMarshal.GetReference(source));
    }

    /// <summary>Writes a raw value to the start of <paramref name="destination"/>. Only where <see cref="RawLayout{T}.IsRaw"/>.</summary>
    /// <exception cref="RowFormatException">The destination is shorter than the value.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(Span<byte> destination, T value)
    {
        if (!RawLayout<T>.IsRaw || destination.Length < RawLayout<T>.Size) ThrowShort<T>(destination.Length);
        Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(destination), value);
    }

    private static void ThrowShort<T>(int length) =>
        throw new RowFormatException($"A {typeof(T).Name} is stored as {RawLayout<T>.Size} bytes of its memory and {length} were given.");
}
