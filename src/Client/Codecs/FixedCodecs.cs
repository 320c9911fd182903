using System.Buffers.Binary;

namespace EtsPersist.Mmf;

/// <summary>The primitives of a fixed size whose bytes are not their memory.</summary>
internal static class FixedCodecs
{
    /// <summary>The codec of a type for a use, or null if the type is not one of these.</summary>
    public static object? Find(Type type, CodecUse use)
    {
        var key = use == CodecUse.HashKey;
        if (type == typeof(bool)) return new FixedCodec<bool>("bool", 1, (value, to) => to[0] = value ? (byte)1 : (byte)0, ReadBoolean);
        if (type == typeof(DateTime)) return new FixedCodec<DateTime>("datetime", 8, WriteDateTime, ReadDateTime);
        if (type == typeof(DateOnly)) return new FixedCodec<DateOnly>("date", 4, (value, to) => Write(to, value.DayNumber), ReadDate);
        if (type == typeof(TimeOnly)) return new FixedCodec<TimeOnly>("time", 8, (value, to) => Write(to, value.Ticks), ReadTime);
        if (type == typeof(DateTimeOffset))
        {
            return key
                ? new FixedCodec<DateTimeOffset>(
                    "datetimeoffset", 8, (value, to) => Write(to, value.UtcTicks), from => new DateTimeOffset(ReadDateTime(from)))
                : new FixedCodec<DateTimeOffset>("datetimeoffset", 10, WriteOffset, ReadOffset);
        }

        if (type == typeof(decimal))
            return new FixedCodec<decimal>(
                "decimal", 16, key ? (value, to) => WriteDecimal(KeyForm.Of(value), to) : WriteDecimal, ReadDecimal);
        if (!key) return null;
        if (type == typeof(double))
            return new FixedCodec<double>(
                "float64", 8, (value, to) => BinaryPrimitives.WriteDoubleLittleEndian(to, KeyForm.Of(value)),
                BinaryPrimitives.ReadDoubleLittleEndian);
        if (type == typeof(float))
            return new FixedCodec<float>(
                "float32", 4, (value, to) => BinaryPrimitives.WriteSingleLittleEndian(to, KeyForm.Of(value)),
                BinaryPrimitives.ReadSingleLittleEndian);
        if (type == typeof(Half))
            return new FixedCodec<Half>(
                "float16", 2, (value, to) => BinaryPrimitives.WriteHalfLittleEndian(to, KeyForm.Of(value)),
                BinaryPrimitives.ReadHalfLittleEndian);
        return null;
    }

    /// <summary>The ticks of a moment in UTC; an unspecified kind is taken as UTC.</summary>
    public static long UtcTicks(DateTime value) => value.Kind == DateTimeKind.Local ? value.ToUniversalTime().Ticks : value.Ticks;

    /// <summary>The moment in UTC of so many ticks, if there is one.</summary>
    public static DateTime FromTicks(long ticks) =>
        (ulong)ticks <= (ulong)DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : throw Impossible("DateTime", ticks);

    /// <summary>The day of this number, if there is one.</summary>
    public static DateOnly FromDay(int day) =>
        (uint)day <= (uint)DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber(day) : throw Impossible("DateOnly", day);

    /// <summary>The time of day of so many ticks, if there is one.</summary>
    public static TimeOnly FromTimeTicks(long ticks) =>
        (ulong)ticks <= (ulong)TimeOnly.MaxValue.Ticks ? new TimeOnly(ticks) : throw Impossible("TimeOnly", ticks);

    private static void Write(Span<byte> to, int value) => BinaryPrimitives.WriteInt32LittleEndian(to, value);

    private static void Write(Span<byte> to, long value) => BinaryPrimitives.WriteInt64LittleEndian(to, value);

    private static bool ReadBoolean(ReadOnlySpan<byte> from) => from[0] <= 1 ? from[0] == 1 : throw Impossible("Boolean", from[0]);

    private static void WriteDateTime(DateTime value, Span<byte> to) => Write(to, UtcTicks(value));

    private static DateTime ReadDateTime(ReadOnlySpan<byte> from) => FromTicks(BinaryPrimitives.ReadInt64LittleEndian(from));

    private static DateOnly ReadDate(ReadOnlySpan<byte> from) => FromDay(BinaryPrimitives.ReadInt32LittleEndian(from));

    private static TimeOnly ReadTime(ReadOnlySpan<byte> from) => FromTimeTicks(BinaryPrimitives.ReadInt64LittleEndian(from));

    private static void WriteOffset(DateTimeOffset value, Span<byte> to)
    {
        Write(to, value.UtcTicks);
        BinaryPrimitives.WriteInt16LittleEndian(to[8..], (short)value.TotalOffsetMinutes);
    }

    private static DateTimeOffset ReadOffset(ReadOnlySpan<byte> from)
    {
        var utc = ReadDateTime(from[..8]);
        var minutes = BinaryPrimitives.ReadInt16LittleEndian(from[8..]);
        return Moments.TryCombine(utc, minutes, out var moment) ? moment : throw Impossible("DateTimeOffset", minutes);
    }

    private static void WriteDecimal(decimal value, Span<byte> to)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        for (var index = 0; index < parts.Length; index++) Write(to[(4 * index)..], parts[index]);
    }

    private static decimal ReadDecimal(ReadOnlySpan<byte> from)
    {
        const int UnusedFlags = 0x7f00_ffff;
        Span<int> parts = stackalloc int[4];
        for (var index = 0; index < parts.Length; index++) parts[index] = BinaryPrimitives.ReadInt32LittleEndian(from[(4 * index)..]);
        return (parts[3] & UnusedFlags) == 0 && (parts[3] >> 16 & 0xff) <= 28 ? new decimal(parts) : throw Impossible("decimal", parts[3]);
    }

    private static RowFormatException Impossible<TBits>(string type, TBits found) =>
        new($"A {type} cannot be stored as {found}. The row was written by something else.");
}
