using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// Which lanes of a node are in use, in the order of their keys: a permutation of all lanes, of which the first so many count. So one store inserts
/// or removes a lane and keeps the order.
/// </summary>
/// <remarks>
/// <code>
/// 63     60                    8 7      4 3      0
/// | 14th   |       ...          | first  | count  |
/// </code>
/// The lanes behind the count are free; the next one to fill comes first among them.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
internal readonly struct NodeOrder(ulong bits)
{
    private const int LaneBits = 4;
    private const ulong LaneMask = (1 << LaneBits) - 1;

    public readonly ulong Bits = bits;

    /// <summary>No lane in use, all of them in their natural order.</summary>
    public static NodeOrder Empty => new(0xEDCB_A987_6543_2100);

    public int Count => (int)(Bits & LaneMask);

    public bool IsFull => Count == TreeNode.Lanes;

    /// <summary>The lane of the lowest key.</summary>
    public int First => this[0];

    /// <summary>The lane at a position, behind the count a free one.</summary>
    public int this[int position]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)((Bits >> ((position + 1) * LaneBits)) & LaneMask);
    }

    /// <summary>The lane that an insert fills.</summary>
    public int FreeLane => this[Count];

    /// <summary>With the free lane inserted at a position.</summary>
    public NodeOrder Insert(int position)
    {
        var moved = Below(Count) & ~Below(position);
        var kept = Bits & ~(moved | (LaneMask << ((Count + 1) * LaneBits)));
        return new((kept | ((Bits & moved) << LaneBits) | ((ulong)FreeLane << ((position + 1) * LaneBits))) + 1);
    }

    /// <summary>Without the lane at a position, which becomes the next one to fill.</summary>
    public NodeOrder Remove(int position)
    {
        var moved = Below(Count) & ~Below(position + 1);
        var removed = (ulong)this[position] << (Count * LaneBits);
        var kept = Bits & ~(moved | (LaneMask << ((position + 1) * LaneBits)));
        return new((kept | ((Bits & moved) >> LaneBits) | removed) - 1);
    }

    /// <summary>With the first so many lanes only.</summary>
    public NodeOrder Truncate(int count) => new((Bits & ~LaneMask) | (uint)count);

    public override string ToString() => $"{Count} of {Bits >> LaneBits:x15}";

    /// <summary>The bits of the count and of all positions below this one.</summary>
    private static ulong Below(int position) => position == TreeNode.Lanes ? ulong.MaxValue : (1UL << ((position + 1) * LaneBits)) - 1;
}
