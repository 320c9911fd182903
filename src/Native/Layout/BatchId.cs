namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// Names a batch: the journal that runs it, and its number in that journal.
/// </summary>
/// <remarks>
/// <code>
/// 63                            12 11           0
/// | number                        | journal      |
/// </code>
/// </remarks>
internal readonly struct BatchId(ulong bits)
{
    public readonly ulong Bits = bits;

    public int Journal => (int)(Bits & 0xFFF);

    public ulong Number => Bits >> 12;

    public static BatchId Of(int journal, ulong number) => new((number << 12) | (uint)journal);
}
