using EtsPersist.Mmf.Native.Engine.Operations;

namespace EtsPersist.Mmf;

/// <summary>Which types of values can be counted, and how they lie in their bytes.</summary>
internal static class CounterFormats
{
    /// <summary>The format of an integer type, or null for any other.</summary>
    public static CounterFormat? Of<TValue>() => Type.GetTypeCode(typeof(TValue).IsEnum ? typeof(object) : typeof(TValue)) switch
    {
        TypeCode.SByte => new CounterFormat(sizeof(sbyte), IsSigned: true),
        TypeCode.Byte => new CounterFormat(sizeof(byte), IsSigned: false),
        TypeCode.Int16 => new CounterFormat(sizeof(short), IsSigned: true),
        TypeCode.UInt16 => new CounterFormat(sizeof(ushort), IsSigned: false),
        TypeCode.Int32 => new CounterFormat(sizeof(int), IsSigned: true),
        TypeCode.UInt32 => new CounterFormat(sizeof(uint), IsSigned: false),
        TypeCode.Int64 => new CounterFormat(sizeof(long), IsSigned: true),
        TypeCode.UInt64 => new CounterFormat(sizeof(ulong), IsSigned: false),
        _ => null,
    };

    public static CounterException NoCounter<TValue>() =>
        new($"Values of type {typeof(TValue).Name} are no counters. Use an integer type, such as long, for the table's values.");
}
