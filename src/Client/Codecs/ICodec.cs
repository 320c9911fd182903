namespace EtsPersist.Mmf;

/// <summary>Turns keys or values of one type into bytes and back. The seam into which another serializer fits.</summary>
/// <remarks>
/// Threads: all members are called by several at once. Blocking: never. Allocation: encoding allocates nothing; decoding only what the
/// value itself is.
/// As a key's codec it must give the same bytes for equal keys and other bytes for others: tables compare bytes.
/// Failure: <see cref="RowFormatException"/> for bytes that it did not write, and nothing else for any bytes.
/// </remarks>
/// <typeparam name="T">The type of the keys or values.</typeparam>
public interface ICodec<T>
{
    /// <summary>The bytes of every value if all take the same number, else -1.</summary>
    int FixedSize { get; }

    /// <summary>What it writes, for the comparison with the table's schema.</summary>
    SchemaNode Schema { get; }

    /// <summary>At least as many bytes as <see cref="Encode"/> will write for this value; cheap rather than exact.</summary>
    int MaxSize(T value);

    /// <summary>
    /// Writes the value at the start of <paramref name="destination"/>, which has <see cref="MaxSize"/> bytes, and returns how many it
    /// took.
    /// </summary>
    int Encode(T value, Span<byte> destination);

    /// <summary>Reads a value from exactly its bytes, which are valid only during the call.</summary>
    T Decode(ReadOnlySpan<byte> source);
}
