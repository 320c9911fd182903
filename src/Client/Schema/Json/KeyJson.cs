using System.Text.Json;

namespace EtsPersist.Mmf;

/// <summary>
/// Reads a key that a person wrote into the bytes that the table stores: a primitive as it is, or as a JSON string if it stands in double
/// quotes; everything else as JSON in the form that <see cref="RowJson"/> writes.
/// </summary>
internal static class KeyJson
{
    /// <summary>The stored bytes of a key.</summary>
    /// <exception cref="KeyTextException">The text is no such key; the message has one that is.</exception>
    public static byte[] Encode(SchemaNode node, string text, CodecUse use)
    {
        try
        {
            if (node.Kind == SchemaKind.Primitive && !IsQuoted(text)) return Primitive(node).Encode(text, use);
            using var document = JsonDocument.Parse(text);
            return Encode(node, document.RootElement, use);
        }
        catch (JsonException error)
        {
            throw new KeyTextException($"'{text}' is no JSON. Write a key of the form {node} like {Example(node)}.", error);
        }
        catch (KeyTextException error) when (node.Kind != SchemaKind.Primitive)
        {
            throw new KeyTextException($"{error.Message} The keys have the form {node}, such as {Example(node)}.", error);
        }
    }

    /// <summary>What a JSON value says, where a primitive is expected.</summary>
    public static string TextOf(JsonElement value, SchemaNode expected) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw new KeyTextException($"A value of type {expected} is expected, not {value.GetRawText()}."),
    };

    private static bool IsQuoted(string text) => text.Length > 1 && text[0] == '"' && text[^1] == '"';

    public static JsonPrimitive Primitive(SchemaNode node) => JsonPrimitives.Find(node.Name)
        ?? throw new KeyTextException($"Keys of type {node.Name} are another serializer's and cannot be written here.");

    private static byte[] Encode(SchemaNode node, JsonElement value, CodecUse use) => node.Kind switch
    {
        SchemaKind.Primitive => Primitive(node).Encode(TextOf(value, node), use),
        SchemaKind.Tuple => EncodeTuple(node, value, use),
        SchemaKind.Struct => EncodeStruct(node, value, use),
        _ => PackedKeyJson.Encode(node, value, use),
    };

    private static byte[] EncodeTuple(SchemaNode node, JsonElement value, CodecUse use)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != node.Members.Count)
            throw new KeyTextException($"An array of {node.Members.Count} values is expected, not {value.GetRawText()}.");
        var tuple = new List<byte>();
        for (var index = 0; index < node.Members.Count; index++)
        {
            var element = node.Members[index].Type;
            TupleBytes.Append(element, Encode(element, value[index], use), tuple, use);
        }
        return [.. tuple];
    }

    private static byte[] EncodeStruct(SchemaNode node, JsonElement value, CodecUse use)
    {
        var stored = new byte[node.Size];
        foreach (var (field, part) in Members(node, value)) StructJson.Encode(node, field, part, stored, use);
        return stored;
    }

    /// <summary>The members of a record or struct with their values in an object, all of them.</summary>
    public static IEnumerable<(SchemaMember Member, JsonElement Value)> Members(SchemaNode node, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new KeyTextException($"An object is expected for {node.Name}, not {value.GetRawText()}.");
        foreach (var part in value.EnumerateObject())
        {
            if (!node.Members.Any(member => member.Name == part.Name))
                throw new KeyTextException($"{node.Name} has no member '{part.Name}'.");
        }
        return node.Members.Select(member => value.TryGetProperty(member.Name, out var part)
            ? (member, part)
            : throw new KeyTextException($"The member '{member.Name}' of {node.Name} is missing."));
    }

    private static string Example(SchemaNode node) => node.Kind switch
    {
        SchemaKind.Primitive => JsonPrimitives.Find(node.Name)?.Example ?? "\"…\"",
        SchemaKind.Tuple => $"[{string.Join(", ", node.Members.Select(member => Example(member.Type)))}]",
        SchemaKind.Array => $"[{Example(node.Members[0].Type)}]",
        SchemaKind.Record or SchemaKind.Struct =>
            $"{{{string.Join(", ", node.Members.Select(member => $"\"{member.Name}\": {Example(member.Type)}"))}}}",
        SchemaKind.Nullable => Example(node.Members[0].Type),
        _ => "null",
    };
}
