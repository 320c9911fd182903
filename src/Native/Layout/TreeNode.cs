using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// A node of the tree of an ordered table: a leaf, whose lanes lead to records, or an inner node, whose lanes lead to nodes of the level below.
/// </summary>
/// <remarks>
/// <code>
/// 0        8        16       24       32       40                     160                          280     320
/// | meta   | order  | right  | low    | high   | prefix 0 ... 14      | reference 0 ... 14         | unused |
/// </code>
/// meta: <see cref="BucketMeta"/>, whose level is the node's height: 1 for a leaf. order: <see cref="NodeOrder"/>, which lanes are in use and in
/// which order. right: where the right sibling begins, 0 for none. low: the record that keeps the lowest key of the node's range, 0 for no bound.
/// high: the first 8 bytes of the key at which the right sibling's range begins; all ones if there is none. The whole of that key is the
/// sibling's low. Prefixes are the first 8 bytes of a key as a big-endian number, with zeros behind a shorter one, so they compare like the keys.
/// The key of an inner lane is the low of the node it leads to; the lane in front has the node's own low.
/// A node stays where it is for ever, with its level and its low; its high only sinks, when the node splits.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = TreeNode.Bytes)]
internal unsafe struct TreeNode
{
    public const int Bytes = 320;
    public const int Lanes = 15;

    [FieldOffset(0)] public ulong Meta;
    [FieldOffset(8)] public ulong Order;
    [FieldOffset(16)] public ulong Right;
    [FieldOffset(24)] public ulong Low;
    [FieldOffset(32)] public ulong High;
    [FieldOffset(40)] public fixed ulong Prefixes[Lanes];
    [FieldOffset(160)] public fixed ulong References[Lanes];
}
