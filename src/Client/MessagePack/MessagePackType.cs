namespace EtsPersist.Mmf;

/// <summary>The kinds of MessagePack values.</summary>
public enum MessagePackType
{
    /// <summary>The byte 0xc1, which the specification never uses.</summary>
    Invalid,

    /// <summary>No value.</summary>
    Nil,

    /// <summary>False or true.</summary>
    Boolean,

    /// <summary>An integer from -2^63 to 2^64-1.</summary>
    WholeNumber,

    /// <summary>A binary floating-point number of 32 or 64 bits.</summary>
    FloatingPoint,

    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>A sequence of values.</summary>
    Array,

    /// <summary>A sequence of pairs of values.</summary>
    Map,

    /// <summary>Bytes with a type number; timestamps are type -1.</summary>
    Extension,
}
