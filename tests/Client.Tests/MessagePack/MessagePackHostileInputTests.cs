using System.Buffers;

namespace EtsPersist.Mmf.Client.Tests;

public sealed class MessagePackHostileInputTests
{
    [Fact]
    public void Every_message_cut_short_is_refused_by_its_type()
    {
        var message = EveryFormat();
        var whole = new MessagePackReader(message);
        whole.Skip();
        whole.ReadEnd();
        for (var length = 0; length < message.Length; length++)
        {
            var prefix = message[..length];
            Assert.Throws<MessagePackFormatException>(() => new MessagePackReader(prefix).Skip());
        }
    }

    [Theory]
    [InlineData("dbffffffff")]
    [InlineData("db0000000261")]
    [InlineData("c6000000020a")]
    [InlineData("c900000002050a")]
    [InlineData("dd00000002c0")]
    [InlineData("df00000001c0")]
    [InlineData("d8ff000102030405060708090a0b0c0d0e")]
    public void The_long_forms_cut_short_are_refused_by_their_type(string hex)
    {
        var message = Convert.FromHexString(hex);
        for (var length = 0; length <= message.Length; length++)
        {
            var prefix = message[..length];
            Assert.Throws<MessagePackFormatException>(() => new MessagePackReader(prefix).Skip());
        }
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_by_the_typed_error_and_nothing_else()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        var refused = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var bytes = new byte[random.Next(24)];
            random.NextBytes(bytes);
            for (var method = 0; method < Readers.Length; method++)
            {
                try
                {
                    Readers[method](bytes);
                }
                catch (MessagePackFormatException error)
                {
                    Assert.InRange(error.Offset, 0, bytes.Length);
                    refused++;
                }
            }
        }

        Assert.True(refused > 10_000, $"only {refused} were refused, seed {Seed}");
    }

    [Theory]
    [InlineData("dbffffffff61")]
    [InlineData("c6ffffffff61")]
    [InlineData("c9ffffffff0161")]
    [InlineData("ddffffffffc0")]
    [InlineData("dfffffffffc0")]
    [InlineData("df00000002c0c0c0")]
    [InlineData("db7fffffff61")]
    public void A_declared_length_beyond_the_input_is_refused_before_anything_is_allocated(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.Throws<MessagePackFormatException>(() => new MessagePackReader(bytes).Skip());
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MessagePackFormatException>(() => new MessagePackReader(bytes).Skip());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused()
    {
        var deepest = Nested(MessagePackLimits.MaximumDepth);
        new MessagePackReader(deepest).Skip();
        var tooDeep = Nested(MessagePackLimits.MaximumDepth + 1);
        var error = Assert.Throws<MessagePackFormatException>(() => new MessagePackReader(tooDeep).Skip());
        Assert.Contains("64 nested", error.Message, StringComparison.Ordinal);
        Assert.Throws<MessagePackFormatException>(() => new MessagePackReader(Nested(1_000_000)).Skip());
        Assert.Throws<MessagePackFormatException>(() => new MessagePackReader(Nested(3), maximumDepth: 2).Skip());
    }

    [Fact]
    public void A_value_of_another_kind_is_named_with_its_offset()
    {
        var error = Assert.Throws<MessagePackFormatException>(() =>
        {
            var reader = new MessagePackReader([0x01, 0xa1, 0x61]);
            reader.ReadInt32();
            reader.ReadInt32();
        });
        Assert.Equal(1, error.Offset);
        Assert.Contains("offset 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("an integer, found Text (0xa1)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_integer_out_of_range_is_named_with_its_limits()
    {
        var error = Assert.Throws<MessagePackFormatException>(() => new MessagePackReader([0xcd, 0x01, 0x00]).ReadByte());
        Assert.Contains("from 0 to 255, found 256", error.Message, StringComparison.Ordinal);
        Assert.Throws<MessagePackFormatException>(() => new MessagePackReader([0xff]).ReadUInt64());
        Assert.Throws<MessagePackFormatException>(() => new MessagePackReader([0xcf, 0xff, 0, 0, 0, 0, 0, 0, 0]).ReadInt64());
    }

    [Fact]
    public void The_byte_that_is_never_used_is_refused()
    {
        Assert.Throws<MessagePackFormatException>(() => new MessagePackReader([0xc1]).Skip());
        Assert.Equal(MessagePackType.Invalid, new MessagePackReader([0xc1]).PeekType());
    }

    [Fact]
    public void Bytes_after_the_message_are_refused()
    {
        Assert.Throws<MessagePackFormatException>(() =>
        {
            var reader = new MessagePackReader([0xc0, 0xc0]);
            reader.ReadNil();
            reader.ReadEnd();
        });
    }

    private delegate void Read(ReadOnlySpan<byte> bytes);

    private static readonly Read[] Readers =
    [
        bytes => new MessagePackReader(bytes).Skip(),
        bytes => new MessagePackReader(bytes).ReadString(),
        bytes => new MessagePackReader(bytes).ReadBinary(),
        bytes => new MessagePackReader(bytes).ReadInt64(),
        bytes => new MessagePackReader(bytes).ReadUInt16(),
        bytes => new MessagePackReader(bytes).ReadSingle(),
        bytes => new MessagePackReader(bytes).ReadDateTime(),
        bytes => new MessagePackReader(bytes).ReadExtension(out _),
        bytes => new MessagePackReader(bytes).ReadArrayHeader(),
        bytes => new MessagePackReader(bytes).ReadMapHeader(),
        bytes => new MessagePackReader(bytes).ReadNil(),
        bytes => new MessagePackReader(bytes).ReadBoolean(),
    ];

    private static byte[] Nested(int depth)
    {
        var bytes = new byte[depth];
        bytes.AsSpan().Fill(0x91);
        bytes[^1] = 0x90;
        return bytes;
    }

    private static byte[] EveryFormat()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        int[] lengths = [0, 1, 2, 4, 8, 16, 31, 300];
        writer.WriteArrayHeader(12 + (3 * lengths.Length));
        writer.WriteNil();
        writer.WriteBoolean(true);
        writer.WriteSingle(1.5f);
        writer.WriteDouble(1.5);
        foreach (var value in (long[])[1, 200, 60_000, 1 << 20, 1L << 40, -100, -30_000]) writer.WriteInt64(value);
        writer.WriteMapHeader(1);
        writer.WriteString("key");
        writer.WriteInt64(long.MinValue);
        foreach (var length in lengths)
        {
            writer.WriteString(new string('a', length));
            writer.WriteBinary(new byte[length]);
            writer.WriteExtension(5, new byte[length]);
        }

        return output.WrittenSpan.ToArray();
    }
}
