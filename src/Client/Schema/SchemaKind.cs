namespace EtsPersist.Mmf;

/// <summary>How a part of a row is built. The numbers are stored and never change.</summary>
public enum SchemaKind
{
    /// <summary>One value of a named type.</summary>
    Primitive = 0,

    /// <summary>A MessagePack array of members; it may gain members at the end.</summary>
    Record = 1,

    /// <summary>An unmanaged struct's own bytes; positions are offsets.</summary>
    Struct = 2,

    /// <summary>Keys or values side by side, each delimited.</summary>
    Tuple = 3,

    /// <summary>A MessagePack array of any number of elements of one type.</summary>
    Array = 4,

    /// <summary>A MessagePack map.</summary>
    Map = 5,

    /// <summary>A value or nil.</summary>
    Nullable = 6,

    /// <summary>A record that encloses this place, for types that contain themselves; the size is how many records up.</summary>
    Reference = 7,
}
