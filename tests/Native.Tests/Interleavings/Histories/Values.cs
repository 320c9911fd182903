using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// Values as numbers. In a table of records their size depends on the number, so that a replacement may take place in the record or need another one:
/// below 256 one byte, below 1000 two, else 24 bytes that say the same thing three times, or very many. Entries and counters have 8 bytes.
/// </summary>
internal static class Values
{
    /// <summary>From here on values are so long that two free blocks of them are a bundle for the pool.</summary>
    public const long Huge = 1_000_000;

    /// <summary>What reading half of one value and half of another comes to: no value that anybody stores.</summary>
    public const long Torn = -1;

    public const int MostBytes = 40_000;
    private const int LongBytes = 24;

    public static byte[] Encode(long value, bool isEntry)
    {
        var bytes = new byte[isEntry ? sizeof(long) : value < 256 ? 1 : value < 1000 ? 2 : value < Huge ? LongBytes : MostBytes];
        if (bytes.Length >= sizeof(long))
            MemoryMarshal.Cast<byte, long>(bytes.AsSpan()).Fill(value);
        for (var index = 0; index < bytes.Length && bytes.Length < sizeof(long); index++)
            bytes[index] = (byte)(value >> (8 * index));
        return bytes;
    }

    public static long Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
        {
            var words = MemoryMarshal.Cast<byte, long>(bytes);
            return words.ContainsAnyExcept(words[0]) ? Torn : words[0];
        }
        Span<byte> word = stackalloc byte[sizeof(long)];
        word.Clear();
        bytes.CopyTo(word);
        return BinaryPrimitives.ReadInt64LittleEndian(word);
    }
}
