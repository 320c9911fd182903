using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace EtsPersist.Mmf;

/// <summary>Integers of one type as keys of another, as <c>5</c> may stand for <c>5L</c>.</summary>
internal static class IntegerKey
{
    /// <summary>The same number, or the enum of that number, in another type; false if that type does not have it.</summary>
    public static bool TryConvert(object number, Type type, [NotNullWhen(true)] out object? converted)
    {
        converted = null;
        if (!TryWiden(number, out var wide))
            return false;
        var underlying = type.IsEnum ? type.GetEnumUnderlyingType() : type;
        if (!TryNarrow(wide, underlying, out converted))
            return false;
        if (type.IsEnum)
            converted = Enum.ToObject(type, converted);
        return true;
    }

    /// <summary>Whether every number of one type is one of another.</summary>
    public static bool Contains(Type type, Type other)
    {
        var inner = other.IsEnum ? other.GetEnumUnderlyingType() : other;
        return LimitsOf(inner) is { } limits && TryNarrow(limits.Lowest, type, out _) && TryNarrow(limits.Highest, type, out _);
    }

    private static bool TryWiden(object number, out BigInteger wide)
    {
        BigInteger? found = number switch
        {
            char value => value,
            Int128 value => value,
            UInt128 value => value,
            sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(number, CultureInfo.InvariantCulture),
            ulong value => value,
            _ => null,
        };
        wide = found.GetValueOrDefault();
        return found is not null;
    }

    private static bool TryNarrow(BigInteger wide, Type type, [NotNullWhen(true)] out object? narrow)
    {
        narrow = null;
        if (LimitsOf(type) is not { } limits || wide < limits.Lowest || wide > limits.Highest)
            return false;
        narrow = type == typeof(Int128) ? (Int128)wide
            : type == typeof(UInt128) ? (UInt128)wide
            : type == typeof(ulong) ? (ulong)wide
            : type == typeof(char) ? (char)(int)wide
            : Convert.ChangeType((long)wide, type, CultureInfo.InvariantCulture);
        return true;
    }

    private static (BigInteger Lowest, BigInteger Highest)? LimitsOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte => (sbyte.MinValue, sbyte.MaxValue),
        TypeCode.Byte => (byte.MinValue, byte.MaxValue),
        TypeCode.Char => (char.MinValue, char.MaxValue),
        TypeCode.Int16 => (short.MinValue, short.MaxValue),
        TypeCode.UInt16 => (ushort.MinValue, ushort.MaxValue),
        TypeCode.Int32 => (int.MinValue, int.MaxValue),
        TypeCode.UInt32 => (uint.MinValue, uint.MaxValue),
        TypeCode.Int64 => (long.MinValue, long.MaxValue),
        TypeCode.UInt64 => (ulong.MinValue, ulong.MaxValue),
        _ when type == typeof(Int128) => (Int128.MinValue, Int128.MaxValue),
        _ when type == typeof(UInt128) => (UInt128.MinValue, UInt128.MaxValue),
        _ => null,
    };
}
