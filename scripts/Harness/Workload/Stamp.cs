using System.Buffers.Binary;

namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>
/// Values that say who wrote them as which operation, and all of whose bytes follow from that: one that is torn, or mixed of two, shows.
/// </summary>
/// <remarks>8 bytes: {sequence 32 | writer 16 | check 16}. More: {writer 4, length 4, sequence 8, filler that follows}.</remarks>
internal static class Stamp
{
    public const int Small = sizeof(ulong);
    public const int LeastLong = 24;
    public const int Most = 8 << 10;

    private const int FillerStart = 16;

    /// <summary>Fills the whole value.</summary>
    public static void Write(Span<byte> value, uint writer, long sequence)
    {
        if (value.Length == Small)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(value, Pack(writer, sequence));
            return;
        }
        BinaryPrimitives.WriteUInt32LittleEndian(value, writer);
        BinaryPrimitives.WriteInt32LittleEndian(value[4..], value.Length);
        BinaryPrimitives.WriteInt64LittleEndian(value[8..], sequence);
        Fill(value);
    }

    /// <summary>Reads a value back; false if it is not, byte by byte, what some operation wrote.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out uint writer, out long sequence)
    {
        writer = 0;
        sequence = 0;
        if (value.Length == Small)
        {
            var packed = BinaryPrimitives.ReadUInt64LittleEndian(value);
            writer = (ushort)(packed >> 16);
            sequence = (uint)(packed >> 32);
            return packed == Pack(writer, sequence);
        }
        if (value.Length is < LeastLong or > Most || BinaryPrimitives.ReadInt32LittleEndian(value[4..]) != value.Length)
            return false;
        writer = BinaryPrimitives.ReadUInt32LittleEndian(value);
        sequence = BinaryPrimitives.ReadInt64LittleEndian(value[8..]);
        Span<byte> expected = stackalloc byte[value.Length];
        value[..FillerStart].CopyTo(expected);
        Fill(expected);
        return value.SequenceEqual(expected);
    }

    private static ulong Pack(uint writer, long sequence)
    {
        var facts = ((ulong)(uint)sequence << 32) | ((ulong)(ushort)writer << 16);
        return facts | (ushort)Randomness.Mix(facts);
    }

    private static void Fill(Span<byte> value)
    {
        var sequence = BinaryPrimitives.ReadUInt64LittleEndian(value[8..]);
        var state = Randomness.Mix(BinaryPrimitives.ReadUInt64LittleEndian(value) ^ Randomness.Mix(sequence));
        var rest = value[FillerStart..];
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            BinaryPrimitives.WriteUInt64LittleEndian(rest, state += 0x9E3779B97F4A7C15);
        for (var i = 0; i < rest.Length; i++)
            rest[i] = (byte)(state >> (i * 8));
    }
}
