using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf.Native.Engine.Hashing;

/// <summary>
/// The seeded hash of an encoded key. The seed is drawn for each table, so that nobody can choose keys that collide.
/// Part of the file format: every process must compute the same.
/// </summary>
/// <remarks>Folded 64 × 64 → 128-bit multiplications of 16 bytes a step; the length goes into the last one.</remarks>
internal static class KeyHash
{
    private const ulong First = 0x9E37_79B9_7F4A_7C15;
    private const ulong Second = 0xD1B5_4A32_D192_ED03;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ReadOnlySpan<byte> key, ulong seed0, ulong seed1)
    {
        if (key.Length == sizeof(ulong))
            return Fold(Fold(Unsafe.ReadUnaligned<ulong>(in key[0]) ^ seed0, seed1 ^ First) ^ seed1, Second);
        if (key.Length == 2 * sizeof(ulong))
            return Last(ReadWord(key), ReadWord(key[sizeof(ulong)..]), seed0, 2 * sizeof(ulong), seed0, seed1);
        return OfAnyLength(key, seed0, seed1);
    }

    private static ulong OfAnyLength(ReadOnlySpan<byte> key, ulong seed0, ulong seed1)
    {
        var state = seed0;
        var rest = key;
        while (rest.Length > 16)
        {
            state = Fold(ReadWord(rest) ^ seed1, ReadWord(rest[8..]) ^ state ^ First);
            rest = rest[16..];
        }
        var low = 0UL;
        var high = 0UL;
        if (rest.Length >= 8)
        {
            low = ReadWord(rest);
            high = ReadWord(rest[^8..]);
        }
        else
        {
            for (var i = rest.Length - 1; i >= 0; i--)
                low = (low << 8) | rest[i];
        }
        return Last(low, high, state, (ulong)key.Length, seed0, seed1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Last(ulong low, ulong high, ulong state, ulong length, ulong seed0, ulong seed1) =>
        Fold(Fold(low ^ seed1, high ^ state ^ First) ^ seed0, length ^ Second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ReadWord(ReadOnlySpan<byte> bytes) => Unsafe.ReadUnaligned<ulong>(in bytes[0]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
