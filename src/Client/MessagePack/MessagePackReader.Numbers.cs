using System.Numerics;

namespace EtsPersist.Mmf;

/// <content>Integers and floating-point numbers.</content>
public ref partial struct MessagePackReader
{
    /// <summary>Reads an integer that a <see cref="sbyte"/> can hold.</summary>
    public sbyte ReadSByte() => (sbyte)ReadSigned(sbyte.MinValue, sbyte.MaxValue);

    /// <summary>Reads an integer that a <see cref="byte"/> can hold.</summary>
    public byte ReadByte() => (byte)ReadUnsigned(byte.MaxValue);

    /// <summary>Reads an integer that a <see cref="short"/> can hold.</summary>
    public short ReadInt16() => (short)ReadSigned(short.MinValue, short.MaxValue);

    /// <summary>Reads an integer that a <see cref="ushort"/> can hold.</summary>
    public ushort ReadUInt16() => (ushort)ReadUnsigned(ushort.MaxValue);

    /// <summary>Reads an integer that an <see cref="int"/> can hold.</summary>
    public int ReadInt32() => (int)ReadSigned(int.MinValue, int.MaxValue);

    /// <summary>Reads an integer that a <see cref="uint"/> can hold.</summary>
    public uint ReadUInt32() => (uint)ReadUnsigned(uint.MaxValue);

    /// <summary>Reads an integer that a <see cref="long"/> can hold.</summary>
    public long ReadInt64() => ReadSigned(long.MinValue, long.MaxValue);

    /// <summary>Reads an integer that a <see cref="ulong"/> can hold.</summary>
    public ulong ReadUInt64() => ReadUnsigned(ulong.MaxValue);

    /// <summary>Reads a 32-bit floating-point number, or a 64-bit one that it can hold exactly.</summary>
    public float ReadSingle()
    {
        var start = Position;
        var value = ReadDouble();
        var narrow = (float)value;
        return narrow == value || double.IsNaN(value)
            ? narrow
            : throw new MessagePackFormatException(start, $"a 32-bit float, found {value:R}, which it cannot hold");
    }

    /// <summary>Reads a floating-point number of 32 or 64 bits.</summary>
    public double ReadDouble()
    {
        var code = PeekCode("a float");
        double value;
        int length;
        if (code == MessagePackCode.Float64)
        {
            length = Claim(9, "a float");
            value = BitConverter.UInt64BitsToDouble(BigEndian(1, 8));
        }
        else if (code == MessagePackCode.Float32)
        {
            length = Claim(5, "a float");
            value = BitConverter.UInt32BitsToSingle((uint)BigEndian(1, 4));
        }
        else
        {
            throw Unexpected("a float");
        }

        Position += length;
        return value;
    }

    private long ReadSigned(long minimum, long maximum)
    {
        var start = Position;
        var (bits, negative) = ReadInteger("an integer");
        var value = (long)bits;
        return negative == value < 0 && value >= minimum && value <= maximum
            ? value
            : throw OutOfRange(start, bits, negative, minimum, maximum);
    }

    private ulong ReadUnsigned(ulong maximum)
    {
        var start = Position;
        var (bits, negative) = ReadInteger("an integer");
        return !negative && bits <= maximum ? bits : throw OutOfRange(start, bits, negative, 0UL, maximum);
    }

    /// <summary>The value's 64 bits, and whether they are a negative number in two's complement.</summary>
    private (ulong Bits, bool Negative) ReadInteger(string expected)
    {
        var code = PeekCode(expected);
        if (code is <= MessagePackCode.PositiveFixIntMaximum or >= MessagePackCode.NegativeFixInt)
        {
            Position++;
            return ((ulong)(sbyte)code, (sbyte)code < 0);
        }

        if (code is < MessagePackCode.UInt8 or > MessagePackCode.Int64) throw Unexpected(expected);
        var signed = code >= MessagePackCode.Int8;
        var width = 1 << (code - (signed ? MessagePackCode.Int8 : MessagePackCode.UInt8));
        var length = Claim(1 + width, expected);
        var bits = BigEndian(1, width);
        Position += length;
        if (!signed) return (bits, false);
        var value = width switch
        {
            1 => (sbyte)bits,
            2 => (short)bits,
            4 => (int)bits,
            _ => (long)bits,
        };
        return ((ulong)value, value < 0);
    }

    private static MessagePackFormatException OutOfRange<T>(int start, ulong bits, bool negative, T minimum, T maximum)
        where T : INumber<T> =>
        new(start, $"an integer from {minimum} to {maximum}, found {(negative ? ((long)bits).ToString() : bits.ToString())}");
}
