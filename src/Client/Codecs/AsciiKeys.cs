using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EtsPersist.Mmf;

/// <summary>
/// The quick way for the usual key: 8 to 32 ASCII characters. Few instructions count here more than elsewhere: the fewer there are between two
/// lookups, the more of their cache misses the processor overlaps.
/// </summary>
internal static class AsciiKeys
{
    private const int Step = 8;
    private const int Longest = 32;

    /// <summary>Writes the characters as bytes; false, with the destination in any state, where the long way is to be taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryEncode(string text, Span<byte> destination)
    {
        if (text.Length < Step || text.Length > Longest || text.Length > destination.Length)
            return false;
        ref var from = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text.AsSpan()));
        ref var to = ref MemoryMarshal.GetReference(destination);
        var seen = Vector128<ushort>.Zero;
        for (var start = 0; start + Step <= text.Length; start += Step)
            seen |= EncodeStep(ref from, ref to, start);
        seen |= EncodeStep(ref from, ref to, text.Length - Step); // the last ones, which may overlap those before
        return (seen & Vector128.Create<ushort>(0xFF80)) == Vector128<ushort>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> EncodeStep(ref ushort from, ref byte to, int start)
    {
        var characters = Vector128.LoadUnsafe(ref from, (nuint)start);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, start), Vector128.Narrow(characters, characters).AsUInt64().ToScalar());
        return characters;
    }
}
