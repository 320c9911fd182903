using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// A run of blocks of one class in one word: the head of a free list with its length, or what is left of a chunk.
/// </summary>
/// <remarks>
/// <code>
/// 63              36 35                          0
/// | blocks          | first block's offset / 16  |
/// </code>
/// </remarks>
internal readonly struct BlockList(ulong bits)
{
    private const int CountShift = 36;
    private const ulong OffsetMask = (1UL << CountShift) - 1;
    private const ulong MaximumCount = (1UL << 28) - 1;

    public readonly ulong Bits = bits;

    public long First => (long)((Bits & OffsetMask) << 4);

    public uint Blocks => (uint)(Bits >> CountShift);

    public bool IsEmpty => Bits >> CountShift == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockList Of(long first, ulong blocks) => new(((ulong)first >> 4) | (Math.Min(blocks, MaximumCount) << CountShift));
}
