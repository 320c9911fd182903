namespace EtsPersist.Mmf.Native.Engine.Ordered;

/// <summary>What all descents share.</summary>
internal static class TreeDescent
{
    /// <summary>The level of leaves, as meta words have it.</summary>
    public const int LeafLevel = 1;
}
