namespace EtsPersist.Mmf;

/// <summary>What a codec's bytes are for. An order-preserving form for the keys of ordered tables will be a third use.</summary>
internal enum CodecUse
{
    /// <summary>Values: every bit is kept.</summary>
    Value,

    /// <summary>Keys of hash tables: equal keys have equal bytes.</summary>
    HashKey,
}
