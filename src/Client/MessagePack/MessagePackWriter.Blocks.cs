using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace EtsPersist.Mmf;

/// <content>Text, bytes, containers, extensions and timestamps.</content>
public ref partial struct MessagePackWriter
{
    /// <summary>Writes text, or nil for null.</summary>
    /// <exception cref="InvalidTextException">The text has a lone surrogate.</exception>
    public void WriteString(string? value)
    {
        if (value is null) WriteNil();
        else WriteString(value.AsSpan());
    }

    /// <summary>Writes text.</summary>
    /// <exception cref="InvalidTextException">The text has a lone surrogate.</exception>
    public void WriteString(scoped ReadOnlySpan<char> value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        var target = Reserve(checked(length + (length < 32 ? 1 : SizedHeaderLength(length))));
        var header = length < 32
            ? FixHeader(target, MessagePackCode.FixString, length)
            : SizedHeader(target, MessagePackCode.String8, MessagePackCode.String16, MessagePackCode.String32, length);
        if (Utf8.FromUtf16(value, target[header..], out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
            throw InvalidTextException.For(value);
        Commit(header + written);
    }

    /// <summary>Writes bytes.</summary>
    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        var target = Reserve(checked(value.Length + SizedHeaderLength(value.Length)));
        var header = SizedHeader(target, MessagePackCode.Binary8, MessagePackCode.Binary16, MessagePackCode.Binary32, value.Length);
        value.CopyTo(target[header..]);
        Commit(header + value.Length);
    }

    /// <summary>Announces an array of <paramref name="count"/> values, which follow.</summary>
    public void WriteArrayHeader(int count) =>
        WriteContainer(MessagePackCode.FixArray, MessagePackCode.Array16, MessagePackCode.Array32, count);

    /// <summary>Announces a map of <paramref name="count"/> pairs, which follow: key, value, key, value.</summary>
    public void WriteMapHeader(int count) => WriteContainer(MessagePackCode.FixMap, MessagePackCode.Map16, MessagePackCode.Map32, count);

    /// <summary>Writes an extension value: bytes with a type number. The specification keeps negative types for itself.</summary>
    public void WriteExtension(sbyte type, scoped ReadOnlySpan<byte> data)
    {
        byte fixCode = data.Length switch
        {
            1 => MessagePackCode.FixExtension1,
            2 => MessagePackCode.FixExtension2,
            4 => MessagePackCode.FixExtension4,
            8 => MessagePackCode.FixExtension8,
            16 => MessagePackCode.FixExtension16,
            _ => 0,
        };
        var target = Reserve(checked(data.Length + 1 + (fixCode != 0 ? 1 : SizedHeaderLength(data.Length))));
        var header = 1;
        if (fixCode != 0) target[0] = fixCode;
        else
            header = SizedHeader(target, MessagePackCode.Extension8, MessagePackCode.Extension16, MessagePackCode.Extension32, data.Length);
        target[header++] = (byte)type;
        data.CopyTo(target[header..]);
        Commit(header + data.Length);
    }

    /// <summary>Writes a moment as a timestamp. Local time is turned into UTC; an unspecified kind is taken as UTC.</summary>
    public void WriteTimestamp(DateTime value)
    {
        var utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
        var (seconds, rest) = Math.DivRem(utc.Ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerSecond);
        if (rest < 0)
        {
            seconds--;
            rest += TimeSpan.TicksPerSecond;
        }

        WriteTimestamp(seconds, (uint)rest * (uint)TimeSpan.NanosecondsPerTick);
    }

    /// <summary>Writes a timestamp: seconds since 1970 and the nanoseconds after them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are a billion nanoseconds or more.</exception>
    public void WriteTimestamp(long seconds, uint nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nanoseconds, 999_999_999u);
        Span<byte> data = stackalloc byte[12];
        if (seconds is >= 0 and <= uint.MaxValue && nanoseconds == 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(data, (uint)seconds);
            data = data[..4];
        }
        else if (seconds is >= 0 and < 1L << 34)
        {
            BinaryPrimitives.WriteUInt64BigEndian(data, ((ulong)nanoseconds << 34) | (ulong)seconds);
            data = data[..8];
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(data, nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(data[4..], seconds);
        }

        WriteExtension(MessagePackCode.TimestampExtension, data);
    }

    private void WriteContainer(byte fixCode, byte code16, byte code32, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count < 16) WriteByte((byte)(fixCode | count));
        else if (count <= ushort.MaxValue) WriteHeader(code16, (ushort)count);
        else WriteHeader(code32, (uint)count);
    }

    private static int SizedHeaderLength(int length) => length <= byte.MaxValue ? 2 : length <= ushort.MaxValue ? 3 : 5;

    private static int FixHeader(Span<byte> target, byte code, int length)
    {
        target[0] = (byte)(code | length);
        return 1;
    }

    private static int SizedHeader(Span<byte> target, byte code8, byte code16, byte code32, int length)
    {
        if (length <= byte.MaxValue)
        {
            target[1] = (byte)length;
            target[0] = code8;
            return 2;
        }

        if (length <= ushort.MaxValue)
        {
            target[0] = code16;
            BinaryPrimitives.WriteUInt16BigEndian(target[1..], (ushort)length);
            return 3;
        }

        target[0] = code32;
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], (uint)length);
        return 5;
    }
}
