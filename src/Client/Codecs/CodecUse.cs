namespace EtsPersist.Mmf;

/// <summary>What a codec's bytes are for.</summary>
internal enum CodecUse
{
    /// <summary>Values: every bit is kept.</summary>
    Value,

    /// <summary>Keys of hash tables: equal keys have equal bytes.</summary>
    HashKey,

    /// <summary>Keys of ordered tables: equal keys have equal bytes, and the bytes are in the order of the keys.</summary>
    OrderedKey,
}
