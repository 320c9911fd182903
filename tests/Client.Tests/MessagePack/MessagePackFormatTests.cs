using System.Buffers;

namespace EtsPersist.Mmf.Client.Tests;

/// <summary>Literal bytes of the specification at the limits of each format, written and read.</summary>
public sealed class MessagePackFormatTests
{
    private delegate void Write(ref MessagePackWriter writer);

    [Theory]
    [InlineData(0L, "00")]
    [InlineData(1L, "01")]
    [InlineData(127L, "7f")]
    [InlineData(128L, "cc80")]
    [InlineData(255L, "ccff")]
    [InlineData(256L, "cd0100")]
    [InlineData(65535L, "cdffff")]
    [InlineData(65536L, "ce00010000")]
    [InlineData(4294967295L, "ceffffffff")]
    [InlineData(4294967296L, "cf0000000100000000")]
    [InlineData(long.MaxValue, "cf7fffffffffffffff")]
    [InlineData(-1L, "ff")]
    [InlineData(-32L, "e0")]
    [InlineData(-33L, "d0df")]
    [InlineData(-128L, "d080")]
    [InlineData(-129L, "d1ff7f")]
    [InlineData(-32768L, "d18000")]
    [InlineData(-32769L, "d2ffff7fff")]
    [InlineData(-2147483648L, "d280000000")]
    [InlineData(-2147483649L, "d3ffffffff7fffffff")]
    [InlineData(long.MinValue, "d38000000000000000")]
    public void A_signed_integer_takes_its_smallest_form(long value, string hex)
    {
        Assert.Equal(hex, Hex((ref writer) => writer.WriteInt64(value)));
        Assert.Equal(value, new MessagePackReader(Bytes(hex)).ReadInt64());
    }

    [Theory]
    [InlineData(0UL, "00")]
    [InlineData(127UL, "7f")]
    [InlineData(128UL, "cc80")]
    [InlineData(65536UL, "ce00010000")]
    [InlineData(ulong.MaxValue, "cfffffffffffffffff")]
    public void An_unsigned_integer_takes_its_smallest_form(ulong value, string hex)
    {
        Assert.Equal(hex, Hex((ref writer) => writer.WriteUInt64(value)));
        Assert.Equal(value, new MessagePackReader(Bytes(hex)).ReadUInt64());
    }

    [Theory]
    [InlineData("05", 5)]
    [InlineData("cc05", 5)]
    [InlineData("cd0005", 5)]
    [InlineData("ce00000005", 5)]
    [InlineData("cf0000000000000005", 5)]
    [InlineData("d005", 5)]
    [InlineData("d10005", 5)]
    [InlineData("d200000005", 5)]
    [InlineData("d30000000000000005", 5)]
    [InlineData("d0ff", -1)]
    [InlineData("d1ffff", -1)]
    [InlineData("d2ffffffff", -1)]
    [InlineData("d3ffffffffffffffff", -1)]
    public void An_integer_is_read_from_every_form(string hex, int value)
    {
        var bytes = Bytes(hex);
        Assert.Equal(value, new MessagePackReader(bytes).ReadInt32());
        Assert.Equal(value, new MessagePackReader(bytes).ReadInt64());
        Assert.Equal(value, new MessagePackReader(bytes).ReadSByte());
        Assert.Equal(value, new MessagePackReader(bytes).ReadInt16());
        if (value < 0) return;
        Assert.Equal((byte)value, new MessagePackReader(bytes).ReadByte());
        Assert.Equal((ushort)value, new MessagePackReader(bytes).ReadUInt16());
        Assert.Equal((uint)value, new MessagePackReader(bytes).ReadUInt32());
        Assert.Equal((ulong)value, new MessagePackReader(bytes).ReadUInt64());
    }

    [Fact]
    public void Nil_and_Booleans_are_one_byte()
    {
        Assert.Equal("c0", Hex((ref writer) => writer.WriteNil()));
        Assert.Equal("c2", Hex((ref writer) => writer.WriteBoolean(false)));
        Assert.Equal("c3", Hex((ref writer) => writer.WriteBoolean(true)));
        Assert.Equal("c0", Hex((ref writer) => writer.WriteString(null)));
        Assert.True(new MessagePackReader([0xc0]).TryReadNil());
        Assert.False(new MessagePackReader([0xc2]).TryReadNil());
        Assert.False(new MessagePackReader([0xc2]).ReadBoolean());
        Assert.True(new MessagePackReader([0xc3]).ReadBoolean());
    }

    [Fact]
    public void Floating_point_numbers_keep_their_width_and_bits()
    {
        Assert.Equal("ca3fc00000", Hex((ref writer) => writer.WriteSingle(1.5f)));
        Assert.Equal("cb3ff8000000000000", Hex((ref writer) => writer.WriteDouble(1.5)));
        Assert.Equal("cb8000000000000000", Hex((ref writer) => writer.WriteDouble(-0.0)));
        Assert.Equal(1.5f, new MessagePackReader(Bytes("ca3fc00000")).ReadSingle());
        Assert.Equal(1.5, new MessagePackReader(Bytes("ca3fc00000")).ReadDouble());
        Assert.Equal(1.5f, new MessagePackReader(Bytes("cb3ff8000000000000")).ReadSingle());
        Assert.True(double.IsNegative(new MessagePackReader(Bytes("cb8000000000000000")).ReadDouble()));
        Assert.Equal(float.PositiveInfinity, new MessagePackReader(Bytes("cb7ff0000000000000")).ReadSingle());
        Assert.True(float.IsNaN(new MessagePackReader(Bytes("ca7fc00000")).ReadSingle()));
    }

    [Fact]
    public void A_wide_float_that_a_narrow_one_cannot_hold_is_refused()
    {
        var error = Assert.Throws<MessagePackFormatException>(() => new MessagePackReader(Bytes("cb3fb999999999999a")).ReadSingle());
        Assert.Contains("0.1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "a0")]
    [InlineData(1, "a1")]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65535, "daffff")]
    [InlineData(65536, "db00010000")]
    public void Text_takes_its_smallest_head(int length, string head)
    {
        var text = new string('x', length);
        var hex = Hex((ref writer) => writer.WriteString(text));
        Assert.StartsWith(head, hex, StringComparison.Ordinal);
        Assert.Equal((head.Length / 2) + length, hex.Length / 2);
        Assert.Equal(text, new MessagePackReader(Bytes(hex)).ReadString());
    }

    [Theory]
    [InlineData("a161")]
    [InlineData("d90161")]
    [InlineData("da000161")]
    [InlineData("db0000000161")]
    public void Text_is_read_from_every_head(string hex) => Assert.Equal("a", new MessagePackReader(Bytes(hex)).ReadString());

    [Fact]
    public void Text_is_UTF_8()
    {
        Assert.Equal("a9c3a4e282acf09d849e", Hex((ref writer) => writer.WriteString("ä€𝄞")));
        Assert.Equal("ä€𝄞", new MessagePackReader(Bytes("a9c3a4e282acf09d849e")).ReadString());
        Assert.Throws<MessagePackFormatException>(() => new MessagePackReader(Bytes("a2c328")).ReadString());
    }

    [Fact]
    public void A_lone_surrogate_is_refused_and_nothing_is_written()
    {
        var output = new ArrayBufferWriter<byte>();
        var error = Assert.Throws<InvalidTextException>(() => new MessagePackWriter(output).WriteString("a\ud800b"));
        Assert.Contains("U+D800 at index 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount);
    }

    [Theory]
    [InlineData(0, "c400")]
    [InlineData(255, "c4ff")]
    [InlineData(256, "c50100")]
    [InlineData(65535, "c5ffff")]
    [InlineData(65536, "c600010000")]
    public void Bytes_take_their_smallest_head(int length, string head)
    {
        var data = new byte[length];
        Random.Shared.NextBytes(data);
        var hex = Hex((ref writer) => writer.WriteBinary(data));
        Assert.Equal(head + Convert.ToHexStringLower(data), hex);
        Assert.True(new MessagePackReader(Bytes(hex)).ReadBinary().SequenceEqual(data));
    }

    [Theory]
    [InlineData("c40161")]
    [InlineData("c5000161")]
    [InlineData("c60000000161")]
    public void Bytes_are_read_from_every_head(string hex) =>
        Assert.Equal([0x61], new MessagePackReader(Bytes(hex)).ReadBinary().ToArray());

    [Theory]
    [InlineData(0, "90", "80")]
    [InlineData(15, "9f", "8f")]
    [InlineData(16, "dc0010", "de0010")]
    [InlineData(65535, "dcffff", "deffff")]
    [InlineData(65536, "dd00010000", "df00010000")]
    public void Containers_take_their_smallest_head(int count, string array, string map)
    {
        Assert.Equal(array, Hex((ref writer) => writer.WriteArrayHeader(count)));
        Assert.Equal(map, Hex((ref writer) => writer.WriteMapHeader(count)));
        Assert.Equal(count, new MessagePackReader([.. Bytes(array), .. new byte[count]]).ReadArrayHeader());
        Assert.Equal(count, new MessagePackReader([.. Bytes(map), .. new byte[2 * count]]).ReadMapHeader());
    }

    [Theory]
    [InlineData("91c0", "81c0c0")]
    [InlineData("dc0001c0", "de0001c0c0")]
    [InlineData("dd00000001c0", "df00000001c0c0")]
    public void Containers_are_read_from_every_head(string array, string map)
    {
        Assert.Equal(1, new MessagePackReader(Bytes(array)).ReadArrayHeader());
        Assert.Equal(1, new MessagePackReader(Bytes(map)).ReadMapHeader());
    }

    [Theory]
    [InlineData(0, "c70007")]
    [InlineData(1, "d407")]
    [InlineData(2, "d507")]
    [InlineData(3, "c70307")]
    [InlineData(4, "d607")]
    [InlineData(8, "d707")]
    [InlineData(16, "d807")]
    [InlineData(17, "c71107")]
    [InlineData(255, "c7ff07")]
    [InlineData(256, "c8010007")]
    [InlineData(65535, "c8ffff07")]
    [InlineData(65536, "c90001000007")]
    public void An_extension_takes_its_smallest_head(int length, string head)
    {
        var data = new byte[length];
        data.AsSpan().Fill(0xaa);
        var hex = Hex((ref writer) => writer.WriteExtension(7, data));
        Assert.Equal(head + Convert.ToHexStringLower(data), hex);
        var reader = new MessagePackReader(Bytes(hex));
        Assert.True(reader.ReadExtension(out var type).SequenceEqual(data));
        Assert.Equal(7, type);
        Assert.True(reader.IsAtEnd);
    }

    [Theory]
    [InlineData("c70107aa")]
    [InlineData("c8000107aa")]
    [InlineData("c90000000107aa")]
    public void An_extension_is_read_from_every_head(string hex)
    {
        var reader = new MessagePackReader(Bytes(hex));
        Assert.Equal([0xaa], reader.ReadExtension(out var type).ToArray());
        Assert.Equal(7, type);
    }

    [Theory]
    [InlineData(0L, 0u, "d6ff00000000")]
    [InlineData(4294967295L, 0u, "d6ffffffffff")]
    [InlineData(0L, 1u, "d7ff0000000400000000")]
    [InlineData(4294967296L, 0u, "d7ff0000000100000000")]
    [InlineData(17179869183L, 999999999u, "d7ffee6b27ffffffffff")]
    [InlineData(17179869184L, 0u, "c70cff000000000000000400000000")]
    [InlineData(-1L, 0u, "c70cff00000000ffffffffffffffff")]
    [InlineData(long.MinValue, 999999999u, "c70cff3b9ac9ff8000000000000000")]
    public void A_timestamp_takes_its_smallest_form(long seconds, uint nanoseconds, string hex)
    {
        Assert.Equal(hex, Hex((ref writer) => writer.WriteTimestamp(seconds, nanoseconds)));
        Assert.Equal(seconds, new MessagePackReader(Bytes(hex)).ReadTimestamp(out var read));
        Assert.Equal(nanoseconds, read);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(621355967999999999L)]
    [InlineData(621355968000000000L)]
    [InlineData(639000000001234567L)]
    [InlineData(3155378975999999999L)]
    public void A_moment_comes_back_as_UTC(long ticks)
    {
        var moment = new DateTime(ticks, DateTimeKind.Utc);
        var read = new MessagePackReader(Bytes(Hex((ref writer) => writer.WriteTimestamp(moment)))).ReadDateTime();
        Assert.Equal(moment, read);
        Assert.Equal(DateTimeKind.Utc, read.Kind);
    }

    [Theory]
    [InlineData("d7ffffffffff00000000")]
    [InlineData("c70cff3b9aca000000000000000000")]
    [InlineData("d6fe00000000")]
    [InlineData("d5ff0000")]
    [InlineData("c70cff000000007fffffffffffffff")]
    public void A_timestamp_that_is_none_is_refused(string hex) =>
        Assert.Throws<MessagePackFormatException>(() => new MessagePackReader(Bytes(hex)).ReadDateTime());

    [Fact]
    public void A_span_and_a_growing_buffer_receive_the_same_bytes()
    {
        var output = new ArrayBufferWriter<byte>();
        Span<byte> span = stackalloc byte[100];
        var first = new MessagePackWriter(output);
        var second = new MessagePackWriter(span);
        Fill(ref first);
        Fill(ref second);
        Assert.Equal(output.WrittenSpan.ToArray(), span[..second.BytesWritten].ToArray());
        Assert.Equal(output.WrittenCount, first.BytesWritten);

        static void Fill(ref MessagePackWriter writer)
        {
            writer.WriteArrayHeader(4);
            writer.WriteString("text");
            writer.WriteBinary([1, 2, 3]);
            writer.WriteDouble(2.5);
            writer.WriteRaw([0xc0]);
        }
    }

    [Fact]
    public void A_span_of_exactly_the_right_size_is_enough_and_a_smaller_one_is_refused()
    {
        var hex = Hex((ref writer) => writer.WriteBinary([1, 2, 3]));
        var exact = new byte[hex.Length / 2];
        new MessagePackWriter(exact).WriteBinary([1, 2, 3]);
        Assert.Equal(hex, Convert.ToHexStringLower(exact));
        Assert.Throws<ArgumentException>(() => new MessagePackWriter(new byte[exact.Length - 1]).WriteBinary([1, 2, 3]));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    private static string Hex(Write write)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        write(ref writer);
        return Convert.ToHexStringLower(output.WrittenSpan);
    }
}
