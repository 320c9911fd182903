using System.Numerics;

namespace EtsPersist.Mmf;

/// <summary>
/// The bits of IEEE numbers as unsigned integers in the order of the numbers: of negative ones all bits are flipped, of others the sign.
/// The one NaN of keys is negative and comes before all numbers, as for <see cref="IComparable{T}"/>.
/// </summary>
internal static class FloatOrder
{
    public static T Of<T>(T bits)
        where T : IBinaryInteger<T>, IUnsignedNumber<T>, IMinMaxValue<T> => IsSet(bits) ? ~bits : bits | Sign<T>();

    public static T Back<T>(T ordered)
        where T : IBinaryInteger<T>, IUnsignedNumber<T>, IMinMaxValue<T> => IsSet(ordered) ? ordered & ~Sign<T>() : ~ordered;

    private static T Sign<T>()
        where T : IBinaryInteger<T>, IUnsignedNumber<T>, IMinMaxValue<T> => T.MaxValue - (T.MaxValue >> 1);

    private static bool IsSet<T>(T bits)
        where T : IBinaryInteger<T>, IUnsignedNumber<T>, IMinMaxValue<T> => (bits & Sign<T>()) != T.Zero;
}
