using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// A bucket whose rows lie in it: seven keys and values of up to 8 bytes each. An overflow bucket has the same shape; of its meta word only
/// the occupied lanes count.
/// </summary>
/// <remarks>
/// <code>
/// 0        8                    64                     120      128
/// | meta   | key 0 ... key 6    | value 0 ... value 6  | link   |
/// </code>
/// link leads to pending records of batches, if there are any, and behind them to overflow buckets. A row is inserted or deleted by one store of
/// the meta word of its bucket, and replaced by one store of its value. The first line answers whether a key is there, the second has what it leads to.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = TableGeometry.EntryBucketBytes)]
internal unsafe struct EntryBucket
{
    public const int Lanes = 7;

    [FieldOffset(0)] public ulong Meta;
    [FieldOffset(8)] public fixed ulong Keys[Lanes];
    [FieldOffset(64)] public fixed ulong Values[Lanes];
    [FieldOffset(120)] public ulong Link;
}
