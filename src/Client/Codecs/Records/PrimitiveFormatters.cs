using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;

namespace EtsPersist.Mmf;

/// <summary>The formatters of the primitives. Their names are those of the raw forms.</summary>
internal static class PrimitiveFormatters
{
    private const int LongestDecimal = 32;
    private const int LongestTimestamp = 15;

    private static readonly FrozenDictionary<Type, object> Values = new Dictionary<Type, object>
    {
        [typeof(sbyte)] = new PrimitiveFormatter<sbyte>(
            "int8", 2, (ref writer, value) => writer.WriteInt64(value), (ref reader) => reader.ReadSByte()),
        [typeof(short)] = new PrimitiveFormatter<short>(
            "int16", 3, (ref writer, value) => writer.WriteInt64(value), (ref reader) => reader.ReadInt16()),
        [typeof(int)] = new PrimitiveFormatter<int>(
            "int32", 5, (ref writer, value) => writer.WriteInt64(value), (ref reader) => reader.ReadInt32()),
        [typeof(long)] = new PrimitiveFormatter<long>(
            "int64", 9, (ref writer, value) => writer.WriteInt64(value), (ref reader) => reader.ReadInt64()),
        [typeof(byte)] = new PrimitiveFormatter<byte>(
            "uint8", 2, (ref writer, value) => writer.WriteUInt64(value), (ref reader) => reader.ReadByte()),
        [typeof(ushort)] = new PrimitiveFormatter<ushort>(
            "uint16", 3, (ref writer, value) => writer.WriteUInt64(value), (ref reader) => reader.ReadUInt16()),
        [typeof(uint)] = new PrimitiveFormatter<uint>(
            "uint32", 5, (ref writer, value) => writer.WriteUInt64(value), (ref reader) => reader.ReadUInt32()),
        [typeof(ulong)] = new PrimitiveFormatter<ulong>(
            "uint64", 9, (ref writer, value) => writer.WriteUInt64(value), (ref reader) => reader.ReadUInt64()),
        [typeof(Int128)] = new PrimitiveFormatter<Int128>("int128", 18, WriteInt128, ReadInt128),
        [typeof(UInt128)] = new PrimitiveFormatter<UInt128>("uint128", 18, WriteUInt128, ReadUInt128),
        [typeof(char)] = new PrimitiveFormatter<char>(
            "char", 3, (ref writer, value) => writer.WriteUInt64(value), (ref reader) => (char)reader.ReadUInt16()),
        [typeof(bool)] = new PrimitiveFormatter<bool>(
            "bool", 1, (ref writer, value) => writer.WriteBoolean(value), (ref reader) => reader.ReadBoolean()),
        [typeof(Half)] = new PrimitiveFormatter<Half>(
            "float16", 5, (ref writer, value) => writer.WriteSingle((float)value), (ref reader) => (Half)reader.ReadSingle()),
        [typeof(float)] = new PrimitiveFormatter<float>(
            "float32", 5, (ref writer, value) => writer.WriteSingle(value), (ref reader) => reader.ReadSingle()),
        [typeof(double)] = new PrimitiveFormatter<double>(
            "float64", 9, (ref writer, value) => writer.WriteDouble(value), (ref reader) => reader.ReadDouble()),
        [typeof(decimal)] = new PrimitiveFormatter<decimal>("decimal", LongestDecimal, WriteDecimal, ReadDecimal),
        [typeof(Guid)] = new PrimitiveFormatter<Guid>("guid", 18, WriteGuid, (ref reader) => new Guid(ReadSixteen(ref reader))),
        [typeof(DateTime)] = new PrimitiveFormatter<DateTime>(
            "datetime", LongestTimestamp, (ref writer, value) => writer.WriteTimestamp(value), (ref reader) => reader.ReadDateTime()),
        [typeof(DateTimeOffset)] = new PrimitiveFormatter<DateTimeOffset>(
            "datetimeoffset", 1 + LongestTimestamp + 3, WriteMoment, ReadMoment),
        [typeof(TimeSpan)] = new PrimitiveFormatter<TimeSpan>(
            "timespan", 9, (ref writer, value) => writer.WriteInt64(value.Ticks), (ref reader) => new TimeSpan(reader.ReadInt64())),
        [typeof(DateOnly)] = new PrimitiveFormatter<DateOnly>(
            "date", 5, (ref writer, value) => writer.WriteInt64(value.DayNumber), ReadDate),
        [typeof(TimeOnly)] = new PrimitiveFormatter<TimeOnly>("time", 9, (ref writer, value) => writer.WriteInt64(value.Ticks), ReadTime),
        [typeof(string)] = new StringFormatter(),
        [typeof(byte[])] = new BytesFormatter(),
        [typeof(ReadOnlyMemory<byte>)] = new MemoryFormatter(),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, object> KeyForms = new Dictionary<Type, object>
    {
        [typeof(Half)] = new PrimitiveFormatter<Half>(
            "float16", 5, (ref writer, value) => writer.WriteSingle((float)KeyForm.Of(value)), (ref reader) => (Half)reader.ReadSingle()),
        [typeof(float)] = new PrimitiveFormatter<float>(
            "float32", 5, (ref writer, value) => writer.WriteSingle(KeyForm.Of(value)), (ref reader) => reader.ReadSingle()),
        [typeof(double)] = new PrimitiveFormatter<double>(
            "float64", 9, (ref writer, value) => writer.WriteDouble(KeyForm.Of(value)), (ref reader) => reader.ReadDouble()),
        [typeof(decimal)] = new PrimitiveFormatter<decimal>(
            "decimal", LongestDecimal, (ref writer, value) => WriteDecimal(ref writer, KeyForm.Of(value)), ReadDecimal),
        [typeof(DateTimeOffset)] = new PrimitiveFormatter<DateTimeOffset>("datetimeoffset", LongestTimestamp,
            (ref writer, value) => writer.WriteTimestamp(value.UtcDateTime), (ref reader) => new DateTimeOffset(reader.ReadDateTime())),
    }.ToFrozenDictionary();

    /// <summary>The formatter of a primitive type for a use, or null.</summary>
    public static object? Find(Type type, CodecUse use) =>
        use == CodecUse.HashKey && KeyForms.TryGetValue(type, out var form) ? form : Values.GetValueOrDefault(type);

    private static void WriteGuid(ref MessagePackWriter writer, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes);
        writer.WriteBinary(bytes);
    }

    private static void WriteInt128(ref MessagePackWriter writer, Int128 value) => WriteUInt128(ref writer, (UInt128)value);

    private static void WriteUInt128(ref MessagePackWriter writer, UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        writer.WriteBinary(bytes);
    }

    private static Int128 ReadInt128(ref MessagePackReader reader) => (Int128)ReadUInt128(ref reader);

    private static UInt128 ReadUInt128(ref MessagePackReader reader) => BinaryPrimitives.ReadUInt128LittleEndian(ReadSixteen(ref reader));

    private static ReadOnlySpan<byte> ReadSixteen(ref MessagePackReader reader)
    {
        var start = reader.Position;
        var bytes = reader.ReadBinary();
        return bytes.Length == 16 ? bytes : throw new MessagePackFormatException(start, $"16 bytes, found {bytes.Length}");
    }

    // Text, because MessagePack has no decimals and every language reads text.
    private static void WriteDecimal(ref MessagePackWriter writer, decimal value)
    {
        Span<char> text = stackalloc char[LongestDecimal];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        writer.WriteString(text[..length]);
    }

    private static decimal ReadDecimal(ref MessagePackReader reader)
    {
        var start = reader.Position;
        return decimal.TryParse(reader.ReadUtf8(), NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new MessagePackFormatException(start, "a decimal number as text, found other text");
    }

    private static void WriteMoment(ref MessagePackWriter writer, DateTimeOffset value)
    {
        writer.WriteArrayHeader(2);
        writer.WriteTimestamp(value.UtcDateTime);
        writer.WriteInt64(value.TotalOffsetMinutes);
    }

    private static DateTimeOffset ReadMoment(ref MessagePackReader reader)
    {
        var start = reader.Position;
        var parts = reader.ReadArrayHeader();
        return parts == 2 && Moments.TryCombine(reader.ReadDateTime(), reader.ReadInt16(), out var moment)
            ? moment
            : throw new MessagePackFormatException(start, "a timestamp and its offset in minutes, found no such moment");
    }

    private static DateOnly ReadDate(ref MessagePackReader reader)
    {
        var start = reader.Position;
        var day = reader.ReadUInt32();
        return day <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)day)
            : throw new MessagePackFormatException(start, $"a day, found {day}");
    }

    private static TimeOnly ReadTime(ref MessagePackReader reader)
    {
        var start = reader.Position;
        var ticks = reader.ReadUInt64();
        return ticks <= (ulong)TimeOnly.MaxValue.Ticks
            ? new TimeOnly((long)ticks)
            : throw new MessagePackFormatException(start, $"a time of day, found {ticks} ticks");
    }
}
