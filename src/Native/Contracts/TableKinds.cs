namespace EtsPersist.Mmf.Native;

/// <summary>What the kinds of tables have in common.</summary>
internal static class TableKinds
{
    /// <summary>Whether the rows lie in a tree.</summary>
    public static bool HasTree(this TableKind kind) => kind is TableKind.OrderedSet or TableKind.Bag or TableKind.DuplicateBag;

    /// <summary>Whether a key may have several rows.</summary>
    public static bool IsBag(this TableKind kind) => kind is TableKind.Bag or TableKind.DuplicateBag;
}
