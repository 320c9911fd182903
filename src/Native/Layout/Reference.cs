using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// A reference from a bucket to a record or an overflow bucket; 0 is an empty lane.
/// </summary>
/// <remarks>
/// <code>
/// 63        48 47                         4 3      0
/// | tag       | offset / 16                | flags  |
/// </code>
/// tag: the hash's high 16 bits. flags: 1 pending (the record belongs to a batch and names what was here before), 2 overflow bucket,
/// 4 head of a bag's rows (reserved), 8 reserved.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
internal readonly struct Reference(ulong bits)
{
    public const ulong PendingFlag = 1;
    public const ulong OverflowFlag = 2;
    private const ulong OffsetMask = 0x0000_FFFF_FFFF_FFF0;
    private const ulong TagMask = 0xFFFF_0000_0000_0000;

    public readonly ulong Bits = bits;

    public bool IsEmpty => Bits == 0;

    public bool IsPending => (Bits & PendingFlag) != 0;

    public bool IsOverflow => (Bits & OverflowFlag) != 0;

    public bool HasFlags => (Bits & 0xF) != 0;

    public long Offset => (long)(Bits & OffsetMask);

    /// <summary>Whether the record may have a key of this hash. An overflow reference has no tag and may seem to match.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayMatch(ulong hash) => ((Bits ^ hash) & TagMask) == 0;

    public static Reference ToRecord(long offset, ulong hash) => new((hash & TagMask) | (ulong)offset);

    public static Reference ToPending(long offset, ulong hash) => new((hash & TagMask) | (ulong)offset | PendingFlag);

    public static Reference ToOverflow(long offset) => new((ulong)offset | OverflowFlag);

    public Reference Settled() => new(Bits & ~PendingFlag);

    public override string ToString() =>
        IsEmpty ? "empty" : $"{Offset:x}{(IsPending ? " pending" : "")}{(IsOverflow ? " overflow" : "")} tag {Bits >> 48:x4}";
}
