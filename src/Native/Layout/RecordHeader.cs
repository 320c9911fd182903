using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// The first word of a record; the key follows at 8, the value at the next multiple of 8, and behind it the trailer of a batch where the flag says so.
/// </summary>
/// <remarks>
/// <code>
/// word 0:  63      56 55      48 47                  16 15           0
///          | flags   | class    | value bytes          | key bytes    |
///
/// 0        8                 8 + key, rounded up         + value, rounded up
/// | word 0 | key             | value                     | batch trailer: previous | batch | next |
/// </code>
/// flags: 1 batch trailer present, 2 tombstone (a batch deletes the key); 4 bag row, 8 expiry, 16 change feed are reserved.
/// A free block has the link of its free list in word 0.
/// </remarks>
internal readonly struct RecordHeader(ulong bits)
{
    public const int Bytes = 8;
    public const int TrailerBytes = 24;
    public const byte BatchFlag = 1;
    public const byte TombstoneFlag = 2;
    public const byte KnownFlags = BatchFlag | TombstoneFlag;

    public readonly ulong Bits = bits;

    public int KeyBytes => (int)(Bits & 0xFFFF);

    public uint ValueBytes => (uint)(Bits >> 16);

    public int SizeClass => (int)(byte)(Bits >> 48);

    public byte Flags => (byte)(Bits >> 56);

    public bool IsTombstone => (Flags & TombstoneFlag) != 0;

    public bool HasTrailer => (Flags & BatchFlag) != 0;

    /// <summary>Whether there is such a size class, and its blocks hold such a record. A damaged one may claim anything.</summary>
    public bool FitsBlock => SizeClass < SizeClasses.Count
        && ValueOffset(KeyBytes) + (((long)ValueBytes + 7) & ~7L) + (HasTrailer ? TrailerBytes : 0) <= SizeClasses.SizeOf(SizeClass);

    public static RecordHeader Of(int keyBytes, int valueBytes, int sizeClass, byte flags) =>
        new((uint)keyBytes | ((ulong)(uint)valueBytes << 16) | ((ulong)(uint)sizeClass << 48) | ((ulong)flags << 56));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ValueOffset(int keyBytes) => Bytes + ((keyBytes + 7) & ~7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TrailerOffset(int keyBytes, int valueBytes) => ValueOffset(keyBytes) + ((valueBytes + 7) & ~7);
}
