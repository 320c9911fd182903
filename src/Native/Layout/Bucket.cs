using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// A bucket of the index, one cache line; an overflow bucket has the same shape and no meta word.
/// </summary>
/// <remarks>
/// <code>
/// 0        8        16       24       32       40       48       56       64
/// | meta   | ref 0  | ref 1  | ref 2  | ref 3  | ref 4  | ref 5  | ref 6  |
/// </code>
/// Ref 6 is a row's reference or leads to the overflow bucket. A row is inserted, replaced or deleted by one store of its reference.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = TableGeometry.BucketBytes)]
internal unsafe struct Bucket
{
    public const int Lanes = 7;
    public const int LastLane = Lanes - 1;

    [FieldOffset(0)] public ulong Meta;
    [FieldOffset(8)] public fixed ulong References[Lanes];
}
