using System.Globalization;
using System.Text.Json;

namespace EtsPersist.Mmf;

/// <summary>The fields of unmanaged structs, which lie at their offsets; <c>int32[4]</c> is four of them.</summary>
internal static class StructJson
{
    public static void Write(Utf8JsonWriter json, SchemaNode owner, SchemaMember field, ReadOnlySpan<byte> stored, CodecUse use)
    {
        var (primitive, size, count) = Describe(owner, field, use);
        if (count is null)
        {
            primitive.Write(json, stored.Slice(field.Position, size), use);
            return;
        }
        json.WriteStartArray();
        for (var index = 0; index < count; index++) primitive.Write(json, stored.Slice(field.Position + (index * size), size), use);
        json.WriteEndArray();
    }

    /// <summary>Puts a field's bytes where they belong.</summary>
    public static void Encode(SchemaNode owner, SchemaMember field, JsonElement value, Span<byte> destination, CodecUse use)
    {
        var (primitive, size, count) = Describe(owner, field, use);
        if (count is null)
        {
            primitive.Encode(KeyJson.TextOf(value, field.Type), use).CopyTo(destination[field.Position..]);
            return;
        }
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != count)
            throw new KeyTextException($"The field {field.Name} of {owner.Name} is an array of {count} values, not {value}.");
        for (var index = 0; index < count; index++)
            primitive.Encode(KeyJson.TextOf(value[index], field.Type), use).CopyTo(destination[(field.Position + (index * size))..]);
    }

    private static (JsonPrimitive Primitive, int Size, int? Count) Describe(SchemaNode owner, SchemaMember field, CodecUse use)
    {
        var name = field.Type.Name;
        var count = (int?)null;
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (bracket > 0 && name[^1] == ']'
            && int.TryParse(name.AsSpan()[(bracket + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var repeated))
            (name, count) = (name[..bracket], repeated);
        if (JsonPrimitives.Find(name) is { } primitive && primitive.FixedSize(use) is > 0 and var size
            && field.Position >= 0 && field.Position + ((long)size * (count ?? 1)) <= owner.Size)
            return (primitive, size, count);
        throw new TableSchemaException($"The field {field.Name} of {owner} is no primitive inside the struct.");
    }
}
