using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EtsPersist.Mmf;

/// <summary>Views of a raw value's own memory. Only where <see cref="RawLayout{T}.IsRaw"/> says that these bytes are the stored ones.</summary>
internal static class RowBytes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Of<T>(ref readonly T value) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in value)), Unsafe.SizeOf<T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Destination<T>(ref T value) => MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>());
}
