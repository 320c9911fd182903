namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// The first word of a chunk; its blocks begin 64 bytes behind. Chunks follow each other without a gap up to the slab cursor.
/// </summary>
/// <remarks>
/// <code>
/// 63         48 47      40 39                          0
/// | mark       | class    | bytes, this header included |
/// </code>
/// </remarks>
internal readonly struct ChunkHeader(ulong bits)
{
    public const int Bytes = 64;
    private const ulong Mark = 0xC4A5;

    public readonly ulong Bits = bits;

    public bool IsValid => Bits >> 48 == Mark && SizeClass < SizeClasses.Count && Length > Bytes && Length % Bytes == 0;

    public int SizeClass => (int)(byte)(Bits >> 40);

    public long Length => (long)(Bits & 0xFF_FFFF_FFFF);

    public long Blocks => (Length - Bytes) / SizeClasses.SizeOf(SizeClass);

    public static ChunkHeader Of(int sizeClass, long length) => new((Mark << 48) | ((ulong)(uint)sizeClass << 40) | (ulong)length);
}
