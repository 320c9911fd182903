using System.Buffers;

namespace EtsPersist.Mmf;

/// <summary>What a table's keys and values are made of. Stored in the table's file; immutable.</summary>
/// <param name="Key">The structure of the keys.</param>
/// <param name="Value">The structure of the values.</param>
public sealed record TableSchema(SchemaNode Key, SchemaNode Value)
{
    /// <summary>The most bytes that a table's file has room for.</summary>
    public const int MaximumBytes = 1_500;

    /// <summary>The schema of a table with these codecs.</summary>
    public static TableSchema Of<TKey, TValue>(ICodec<TKey> keys, ICodec<TValue> values)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        return new TableSchema(keys.Schema, values.Schema);
    }

    /// <summary>The schema as it is stored.</summary>
    /// <exception cref="TableSchemaException">It takes more than <see cref="MaximumBytes"/>.</exception>
    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>(256);
        SchemaFormat.Write(this, output);
        return output.WrittenCount <= MaximumBytes
            ? output.WrittenSpan.ToArray()
            : throw new TableSchemaException($"The schema takes {output.WrittenCount} bytes and a table has room for {MaximumBytes}. "
                + $"Shorten member names, or store a part as byte[]. The schema: {this}");
    }

    /// <summary>Reads a stored schema.</summary>
    /// <exception cref="TableSchemaException">The bytes are no schema.</exception>
    public static TableSchema Decode(ReadOnlySpan<byte> stored) => SchemaFormat.Read(stored);

    /// <summary>The schema in one line, such as <c>key: string; value: Account { 1 Id: int64, 2 Balance: int64 }</c>.</summary>
    public override string ToString() => $"key: {Key}; value: {Value}";
}
