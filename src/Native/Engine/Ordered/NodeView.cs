using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>A node as it was looked at: its meta word first, its order next, before anything else in it.</summary>
/// <param name="node">The node.</param>
/// <param name="meta">Its meta word.</param>
/// <param name="order">Its order.</param>
/// <param name="movedTo">A node on the way that was reached from its left sibling and not from above: it may lack an entry in its parent. Or null.</param>
internal readonly unsafe struct NodeView(TreeNode* node, BucketMeta meta, NodeOrder order, TreeNode* movedTo)
{
    public readonly TreeNode* Node = node;
    public readonly BucketMeta Meta = meta;
    public readonly NodeOrder Order = order;
    public readonly TreeNode* MovedTo = movedTo;

    public bool IsLeaf => Meta.Level == TreeDescent.LeafLevel;
}
