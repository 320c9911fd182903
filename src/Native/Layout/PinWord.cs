namespace EtsPersist.Mmf.Native.Layout;

/// <summary>How often a process has pinned the table, and since when. Only the process of the slot changes it; it counts while the slot is taken and its process lives.</summary>
/// <remarks>
/// <code>
/// 63                               16 15      0
/// | since, milliseconds from 1970    | count   |
/// </code>
/// </remarks>
internal readonly struct PinWord(ulong bits)
{
    public const int MaximumCount = ushort.MaxValue;

    private const int SinceShift = 16;

    public readonly ulong Bits = bits;

    public int Count => (ushort)Bits;

    public long SinceUnixMilliseconds => (long)(Bits >> SinceShift);

    public static PinWord Of(int count, long sinceUnixMilliseconds) => new(((ulong)sinceUnixMilliseconds << SinceShift) | (ushort)count);
}
