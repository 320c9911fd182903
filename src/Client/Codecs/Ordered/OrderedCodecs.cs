using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf;

/// <summary>
/// The codecs of keys of ordered tables, which compare bytes: integers are big-endian with the sign flipped, floating point likewise
/// with all bits of the negative ones flipped, GUIDs big-endian, text UTF-8, bytes as they are, and tuples one element behind the other.
/// </summary>
internal static class OrderedCodecs
{
    private static readonly Dictionary<Type, object> Fixed = new()
    {
        [typeof(bool)] = Of<bool, byte>("bool", value => value ? (byte)1 : (byte)0, FromBoolean),
        [typeof(char)] = Of<char, ushort>("char", value => value, stored => (char)stored),
        [typeof(double)] = Of<double, ulong>("float64", value => FloatOrder.Of(BitConverter.DoubleToUInt64Bits(KeyForm.Of(value))), bits => BitConverter.UInt64BitsToDouble(FloatOrder.Back(bits))),
        [typeof(float)] = Of<float, uint>("float32", value => FloatOrder.Of(BitConverter.SingleToUInt32Bits(KeyForm.Of(value))), bits => BitConverter.UInt32BitsToSingle(FloatOrder.Back(bits))),
        [typeof(Half)] = Of<Half, ushort>("float16", value => FloatOrder.Of(BitConverter.HalfToUInt16Bits(KeyForm.Of(value))), bits => BitConverter.UInt16BitsToHalf(FloatOrder.Back(bits))),
        [typeof(TimeSpan)] = Of<TimeSpan, long>("timespan", value => value.Ticks, ticks => new TimeSpan(ticks)),
        [typeof(DateTime)] = Of<DateTime, long>("datetime", FixedCodecs.UtcTicks, FixedCodecs.FromTicks),
        [typeof(DateTimeOffset)] = Of<DateTimeOffset, long>("datetimeoffset", value => value.UtcTicks, ticks => new DateTimeOffset(FixedCodecs.FromTicks(ticks))),
        [typeof(DateOnly)] = Of<DateOnly, int>("date", value => value.DayNumber, FixedCodecs.FromDay),
        [typeof(TimeOnly)] = Of<TimeOnly, long>("time", value => value.Ticks, FixedCodecs.FromTimeTicks),
        [typeof(Guid)] = new FixedCodec<Guid>("guid", 16, (value, to) => value.TryWriteBytes(to, bigEndian: true, out _), from => new Guid(from, bigEndian: true)),
        [typeof(sbyte)] = Integer<sbyte>("int8"),
        [typeof(short)] = Integer<short>("int16"),
        [typeof(int)] = Integer<int>("int32"),
        [typeof(long)] = Integer<long>("int64"),
        [typeof(Int128)] = Integer<Int128>("int128"),
        [typeof(byte)] = Integer<byte>("uint8"),
        [typeof(ushort)] = Integer<ushort>("uint16"),
        [typeof(uint)] = Integer<uint>("uint32"),
        [typeof(ulong)] = Integer<ulong>("uint64"),
        [typeof(UInt128)] = Integer<UInt128>("uint128"),
    };

    /// <summary>The codec of a type of a fixed size or of an enum, or null if the type is neither.</summary>
    public static object? Find(Type type)
    {
        if (!type.IsEnum) return Fixed.GetValueOrDefault(type);
        var underlying = type.GetEnumUnderlyingType();
        return typeof(OrderedCodecs).GetMethod(nameof(Enumeration), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type, underlying).Invoke(null, [RawTypes.NameOf(type)]);
    }

    private static FixedCodec<T> Enumeration<T, TStored>(string name)
        where T : struct, Enum
        where TStored : unmanaged, IBinaryInteger<TStored>, IMinMaxValue<TStored> =>
        Of<T, TStored>(name, value => Unsafe.BitCast<T, TStored>(value), stored => Unsafe.BitCast<TStored, T>(stored));

    private static FixedCodec<T> Integer<T>(string name)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Of<T, T>(name, value => value, stored => stored);

    /// <summary>A type that counts as an integer, of which the order is its own.</summary>
    private static FixedCodec<T> Of<T, TStored>(string name, Func<T, TStored> toStored, Func<TStored, T> fromStored)
        where TStored : unmanaged, IBinaryInteger<TStored>, IMinMaxValue<TStored> =>
        new(name, Unsafe.SizeOf<TStored>(), (value, to) => OrderedInteger.Write(toStored(value), to), from => fromStored(OrderedInteger.Read<TStored>(from)));

    private static bool FromBoolean(byte stored) => stored <= 1
        ? stored == 1
        : throw new RowFormatException($"A Boolean cannot be stored as {stored}. The row was written by something else.");
}
