using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>A key of an ordered table with its prefix, which decides most comparisons.</summary>
internal readonly ref struct OrderedKey
{
    public readonly ReadOnlySpan<byte> Bytes;

    /// <summary>The first 8 bytes as a big-endian number, with zeros behind a shorter key. Where two prefixes differ they compare like the keys.</summary>
    public readonly ulong Prefix;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OrderedKey(ReadOnlySpan<byte> bytes)
    {
        Bytes = bytes;
        Prefix = PrefixOf(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PrefixOf(ReadOnlySpan<byte> key) =>
        key.Length >= sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(key) : PrefixOfShort(key);

    private static ulong PrefixOfShort(ReadOnlySpan<byte> key)
    {
        var prefix = 0UL;
        for (var i = 0; i < sizeof(ulong); i++)
            prefix = (prefix << 8) | (i < key.Length ? key[i] : 0UL);
        return prefix;
    }
}
