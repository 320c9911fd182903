using System.Numerics;

namespace EtsPersist.Mmf;

/// <summary>Integers as bytes in their order: big-endian, and a signed one with its sign bit flipped, so that negative ones come first.</summary>
internal static class OrderedInteger
{
    private const byte SignBit = 0x80;
    private const int LongestBytes = 16;

    public static void Write<T>(T value, Span<byte> to)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        value.TryWriteBigEndian(to, out _); // of its own type: the default of the interface would box it
        if (IsSigned<T>()) to[0] ^= SignBit;
    }

    public static T Read<T>(ReadOnlySpan<byte> from)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (!IsSigned<T>()) return T.ReadBigEndian(from, isUnsigned: true);
        Span<byte> bytes = stackalloc byte[LongestBytes];
        from.CopyTo(bytes);
        bytes[0] ^= SignBit;
        return T.ReadBigEndian(bytes[..from.Length], isUnsigned: false);
    }

    private static bool IsSigned<T>()
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => T.IsNegative(T.MinValue);
}
