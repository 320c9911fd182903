using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// The first word of a bucket.
/// </summary>
/// <remarks>
/// <code>
/// 63                      25 24      18 17    12 11           0
/// | version                 | occupied | level  | lock         |
/// </code>
/// lock: the journal that holds the bucket, 0 for none. level: how many low bits of the hash the bucket's rows share with its number;
/// 0 for a bucket that no split has filled yet. occupied: which lanes of a bucket of entries hold one; 0 in a bucket of references. version: moves with the unlock whenever something was unlinked.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
internal readonly struct BucketMeta(ulong bits)
{
    public const ulong LockMask = 0xFFF;
    private const int LevelShift = 12;
    private const ulong LevelMask = 0x3FUL << LevelShift;
    private const int OccupiedShift = 18;
    private const ulong OccupiedMask = 0x7FUL << OccupiedShift;
    private const int VersionShift = 25;
    private const ulong OneVersion = 1UL << VersionShift;

    public readonly ulong Bits = bits;

    public int Lock => (int)(Bits & LockMask);

    public int Level => (int)((Bits & LevelMask) >> LevelShift);

    public uint Occupied => (uint)((Bits & OccupiedMask) >> OccupiedShift);

    public ulong Version => Bits >> VersionShift;

    public bool IsLocked => (Bits & LockMask) != 0;

    /// <summary>Whether a reader that saw this word before its copy may keep the copy when it sees the other afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool SameContents(ulong later) => ((Bits ^ later) & ~LockMask) == 0;

    public static BucketMeta Free(int level, ulong version) => new((version << VersionShift) | ((ulong)level << LevelShift));

    public BucketMeta WithOccupied(uint occupied) => new((Bits & ~OccupiedMask) | ((ulong)occupied << OccupiedShift));

    public BucketMeta LockedBy(int journal) => new((Bits & ~LockMask) | (uint)journal);

    public BucketMeta Unlocked() => new(Bits & ~LockMask);

    public BucketMeta UnlockedAfterUnlinking() => new((Bits & ~LockMask) + OneVersion);

    /// <summary>One level deeper, under a new version, still locked: the commit of a split.</summary>
    public BucketMeta Split() => new(Bits + OneVersion + (1UL << LevelShift));

    public override string ToString() => $"lock {Lock} level {Level} occupied {Occupied:b7} version {Version}";
}
