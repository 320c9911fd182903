using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>
/// Where in a node a key belongs. What is read here counts only if the node's version is the same afterwards, or under its lock;
/// "false" means that a lane leads nowhere, as it may in a node that is being changed.
/// </summary>
internal static unsafe class NodeSearch<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>
    /// The position of the first lane whose key is not below this one, and whether it is the same. In an inner node the first lane is passed over:
    /// its key is the node's own low, which is below or the same.
    /// </summary>
    public static bool TryFind(TableSpace space, in NodeView view, in OrderedKey key, out int position, out bool exact)
    {
        var isLeaf = view.IsLeaf;
        var low = isLeaf ? 0 : 1;
        var high = view.Order.Count;
        position = 0;
        exact = false;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var lane = view.Order[middle];
            var prefix = TMemory.Read(&view.Node->Prefixes[lane]);
            var comparison = prefix < key.Prefix ? -1 : 1;
            if (prefix == key.Prefix && !TryCompareWhole(space, view.Node, lane, isLeaf, key, out comparison))
                return false;
            if (comparison == 0)
            {
                position = middle;
                exact = true;
                return true;
            }
            if (comparison < 0)
                low = middle + 1;
            else
                high = middle;
        }
        position = low;
        return true;
    }

    /// <summary>Compares the key of a record with a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryCompare(TableSpace space, long record, in OrderedKey key, out int comparison)
    {
        comparison = 0;
        if (!Record<TMemory>.TryReadHeader(space, record, (long)TMemory.Read(&space.Header->SlabsReserved), out var header))
            return false;
        comparison = Record<TMemory>.Key(space, record, header).SequenceCompareTo(key.Bytes);
        return true;
    }

    private static bool TryCompareWhole(TableSpace space, TreeNode* node, int lane, bool isLeaf, in OrderedKey key, out int comparison)
    {
        var reference = new Reference(TMemory.Read(&node->References[lane])).Offset;
        comparison = 0;
        if (isLeaf)
            return TryCompare(space, reference, key, out comparison);
        return TreeDescent<TMemory>.IsNode(space, reference)
            && TryCompare(space, (long)TMemory.Read(&((TreeNode*)space.At(reference))->Low), key, out comparison);
    }
}
