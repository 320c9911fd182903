using System.Collections.Frozen;

namespace EtsPersist.Mmf;

/// <summary>The primitive types whose memory is their stored form, with their names in schemas.</summary>
internal static class RawTypes
{
    private static readonly FrozenDictionary<Type, string> Names = new Dictionary<Type, string>
    {
        [typeof(sbyte)] = "int8",
        [typeof(short)] = "int16",
        [typeof(int)] = "int32",
        [typeof(long)] = "int64",
        [typeof(Int128)] = "int128",
        [typeof(byte)] = "uint8",
        [typeof(ushort)] = "uint16",
        [typeof(uint)] = "uint32",
        [typeof(ulong)] = "uint64",
        [typeof(UInt128)] = "uint128",
        [typeof(Half)] = "float16",
        [typeof(float)] = "float32",
        [typeof(double)] = "float64",
        [typeof(char)] = "char",
        [typeof(Guid)] = "guid",
        [typeof(TimeSpan)] = "timespan",
    }.ToFrozenDictionary();

    /// <summary>The name of a raw primitive or of an enum's underlying type, or null.</summary>
    public static string? NameOf(Type type) => Names.GetValueOrDefault(type.IsEnum ? type.GetEnumUnderlyingType() : type);

    /// <summary>Whether equal numbers may have different bits.</summary>
    public static bool IsFloatingPoint(Type type) => type == typeof(double) || type == typeof(float) || type == typeof(Half);

    /// <summary>Whether a type is stored as its memory for a use.</summary>
    public static bool IsRaw(Type type, CodecUse use)
    {
        if (NameOf(type) is not null) return use == CodecUse.Value || !IsFloatingPoint(type);
        var shape = StructShape.Of(type);
        return shape is { Padding.Count: 0, Flags.Count: 0 } && (use == CodecUse.Value || shape.Floats.Count == 0);
    }
}
