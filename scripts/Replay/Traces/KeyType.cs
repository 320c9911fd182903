namespace EtsPersist.Mmf.Replay;

/// <summary>What the keys of a recording are.</summary>
internal enum KeyType
{
    /// <summary>Integers.</summary>
    Integer,

    /// <summary>Strings, in the order of their UTF-8 bytes.</summary>
    Text,
}
