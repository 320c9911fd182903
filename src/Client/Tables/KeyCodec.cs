namespace EtsPersist.Mmf;

/// <summary>Which codec the keys of a table have.</summary>
internal static class KeyCodec<TKey>
{
    /// <summary>In an ordered table one whose bytes are in the order of the keys.</summary>
    public static ICodec<TKey> Of(bool isOrdered) => isOrdered ? Codecs.ForOrderedKey<TKey>() : Codecs.ForKey<TKey>();
}
