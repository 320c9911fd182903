using System.Text.Json;

namespace EtsPersist.Mmf;

/// <summary>
/// Writes stored keys and values as JSON by the table's own schema, so that a table can be looked into without the types of its rows.
/// </summary>
/// <remarks>
/// Numbers and Booleans are JSON's; bytes base 64; dates and times ISO 8601; tuples and lists arrays; records and structs objects; maps
/// objects where their keys are primitives, else arrays of pairs. What another serializer wrote is its bytes in base 64. Members that a row
/// lacks are left out.
/// </remarks>
internal static class RowJson
{
    /// <summary>Writes one stored key or value.</summary>
    /// <exception cref="RowFormatException">The bytes are not what the schema says.</exception>
    public static void Write(Utf8JsonWriter json, SchemaNode node, ReadOnlySpan<byte> stored, CodecUse use)
    {
        switch (node.Kind)
        {
            case SchemaKind.Primitive:
                WritePrimitive(json, node, stored, use);
                break;
            case SchemaKind.Tuple:
                WriteTuple(json, node, stored, use);
                break;
            case SchemaKind.Struct:
                WriteStruct(json, node, stored, use);
                break;
            default:
                WritePacked(json, node, stored, use);
                break;
        }
    }

    private static void WritePrimitive(Utf8JsonWriter json, SchemaNode node, ReadOnlySpan<byte> stored, CodecUse use)
    {
        if (JsonPrimitives.Find(node.Name) is { } primitive) primitive.Write(json, stored, use);
        else json.WriteBase64StringValue(stored);
    }

    private static void WriteTuple(Utf8JsonWriter json, SchemaNode node, ReadOnlySpan<byte> stored, CodecUse use)
    {
        json.WriteStartArray();
        var offset = 0;
        foreach (var member in node.Members) Write(json, member.Type, TupleBytes.Next(member.Type, stored, ref offset, use), use);
        TupleElement.End(stored, offset);
        json.WriteEndArray();
    }

    private static void WriteStruct(Utf8JsonWriter json, SchemaNode node, ReadOnlySpan<byte> stored, CodecUse use)
    {
        if (stored.Length != node.Size) throw RowSize.Wrong(node, node.Size, stored.Length);
        json.WriteStartObject();
        foreach (var member in node.Members)
        {
            json.WritePropertyName(member.Name);
            StructJson.Write(json, node, member, stored, use);
        }
        json.WriteEndObject();
    }

    private static void WritePacked(Utf8JsonWriter json, SchemaNode node, ReadOnlySpan<byte> stored, CodecUse use)
    {
        try
        {
            var reader = new MessagePackReader(stored);
            new PackedJson(json, use).Write(ref reader, node, null);
            reader.ReadEnd();
        }
        catch (MessagePackFormatException error)
        {
            throw new RowFormatException($"A row is no {node}: {error.Message} It was written by something else.", error);
        }
    }
}
