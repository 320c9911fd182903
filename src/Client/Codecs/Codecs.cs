namespace EtsPersist.Mmf;

/// <summary>Finds the built-in codec of a type. Each is built once.</summary>
/// <remarks>
/// Integers, characters, enums, floating point, <see cref="Guid"/>, <see cref="TimeSpan"/> and unmanaged structs are their own
/// little-endian bytes;
/// strings UTF-8; byte arrays as they are; value tuples side by side; records, classes and other structs MessagePack arrays of their
/// members.
/// Keys: 0.0 and -0.0, all NaNs, and 1.0m and 1.00m are one key each, as for <see cref="object.Equals(object)"/>; a <see
/// cref="DateTimeOffset"/>
/// counts as its moment and comes back with offset 0.
/// <see cref="DateTime"/>: local time is turned into UTC, unspecified is taken as UTC, and UTC comes back.
/// </remarks>
public static class Codecs
{
    /// <summary>The codec for values of a type.</summary>
    /// <exception cref="UnsupportedTypeException">The type cannot be stored; the message says what to do.</exception>
    public static ICodec<T> ForValue<T>() => CodecCache<T>.Value.Get();

    /// <summary>The codec for keys of a type in hash tables.</summary>
    /// <exception cref="UnsupportedTypeException">The type cannot be a key; the message says what to do.</exception>
    public static ICodec<T> ForKey<T>() => CodecCache<T>.HashKey.Get();

    /// <summary>The codec for keys of a type in ordered tables: its bytes are in the order of the keys.</summary>
    /// <remarks>
    /// Integers, enums, characters, <see cref="Guid"/>, dates and times are in their own order, as <see cref="IComparable{T}"/> has it; so is
    /// floating point, with NaN before all numbers; enums in that of their numbers; strings in that of their code points (<see
    /// cref="StringComparison.Ordinal"/>, but for surrogates); bytes like strings; tuples element after element.
    /// </remarks>
    /// <exception cref="UnsupportedTypeException">The type has no order that bytes can have; the message says what to do.</exception>
    public static ICodec<T> ForOrderedKey<T>() => CodecCache<T>.OrderedKey.Get();

    /// <summary>
    /// Stores values of a type by a codec of your own, or another serializer behind one, in all tables of this process. The codec's schema is what the
    /// table keeps, so processes that use another codec for the type are refused.
    /// </summary>
    /// <remarks>
    /// It stands for the type as a whole value, not for members of that type in records. Threads: any, at the start of the program. Lifetime: for ever.
    /// </remarks>
    /// <exception cref="InvalidOperationException">A table was opened with the type before, or it has another codec already.</exception>
    /// <exception cref="UnsupportedTypeException">The type is stored as its own bytes, past any codec: integers, and structs of such.</exception>
    public static void UseForValue<T>(ICodec<T> codec) => CodecCache<T>.Value.Use(codec);

    /// <summary>The same for keys of hash tables. Equal keys must have equal bytes: few serializers promise that.</summary>
    /// <inheritdoc cref="UseForValue{T}"/>
    public static void UseForKey<T>(ICodec<T> codec) => CodecCache<T>.HashKey.Use(codec);

    /// <summary>The same for keys of ordered tables. Equal keys must have equal bytes, and the order of the bytes is that of the rows.</summary>
    /// <inheritdoc cref="UseForValue{T}"/>
    public static void UseForOrderedKey<T>(ICodec<T> codec) => CodecCache<T>.OrderedKey.Use(codec);
}
