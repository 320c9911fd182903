namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// A block as a journal's register names it: its offset and its class, so that recovery can free it without reading it. 0 is none.
/// </summary>
internal readonly struct BlockName(ulong bits)
{
    private const int ClassShift = 48;

    public readonly ulong Bits = bits;

    public bool IsNone => Bits == 0;

    public long Offset => (long)(Bits & ((1UL << ClassShift) - 1));

    public int SizeClass => (int)(Bits >> ClassShift);

    /// <summary>Whether there is such a size class, and such a block can lie within these bounds. A damaged name may claim anything.</summary>
    public bool IsWithin(long start, long end) =>
        SizeClass < SizeClasses.Count && Offset % SizeClasses.Alignment == 0 && Offset >= start && Offset <= end - SizeClasses.SizeOf(SizeClass);

    public static BlockName Of(long offset, int sizeClass) => new((ulong)offset | ((ulong)(uint)sizeClass << ClassShift));
}
