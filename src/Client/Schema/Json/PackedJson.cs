using System.Text.Json;

namespace EtsPersist.Mmf;

/// <summary>Writes MessagePack parts of a row as JSON.</summary>
internal sealed class PackedJson(Utf8JsonWriter json, CodecUse use)
{
    public void Write(ref MessagePackReader reader, SchemaNode node, EnclosingRecord? enclosing)
    {
        switch (node.Kind)
        {
            case SchemaKind.Primitive:
                WritePrimitive(ref reader, node);
                break;
            case SchemaKind.Nullable:
                if (reader.TryReadNil()) json.WriteNullValue();
                else Write(ref reader, node.Members[0].Type, enclosing);
                break;
            case SchemaKind.Reference:
                var meant = EnclosingRecord.Up(enclosing, node);
                Write(ref reader, meant.Record, meant.Outer);
                break;
            case SchemaKind.Record or SchemaKind.Array or SchemaKind.Map:
                WriteContainer(ref reader, node, enclosing);
                break;
            default:
                throw new TableSchemaException($"A {node.Kind} stands inside a record, which no version of this library writes: {node}");
        }
    }

    private void WritePrimitive(ref MessagePackReader reader, SchemaNode node)
    {
        if (JsonPrimitives.Find(node.Name) is { } primitive) primitive.WritePacked(json, ref reader, use);
        else json.WriteBase64StringValue(reader.ReadRaw());
    }

    private void WriteContainer(ref MessagePackReader reader, SchemaNode node, EnclosingRecord? enclosing)
    {
        if (reader.TryReadNil())
        {
            json.WriteNullValue();
            return;
        }
        reader.Enter();
        if (node.Kind == SchemaKind.Record) WriteRecord(ref reader, node, new EnclosingRecord(node, enclosing));
        else if (node.Kind == SchemaKind.Array) WriteArray(ref reader, node.Members[0].Type, enclosing);
        else WriteMap(ref reader, node.Members[0].Type, node.Members[1].Type, enclosing);
        reader.Leave();
    }

    private void WriteRecord(ref MessagePackReader reader, SchemaNode node, EnclosingRecord inner)
    {
        json.WriteStartObject();
        var count = reader.ReadArrayHeader();
        for (var index = 0; index < count; index++)
        {
            if (index >= node.Members.Count)
            {
                reader.Skip(); // a newer writer's, whose schema is not the table's yet
                continue;
            }
            json.WritePropertyName(node.Members[index].Name);
            Write(ref reader, node.Members[index].Type, inner);
        }
        json.WriteEndObject();
    }

    private void WriteArray(ref MessagePackReader reader, SchemaNode element, EnclosingRecord? enclosing)
    {
        json.WriteStartArray();
        for (var left = reader.ReadArrayHeader(); left > 0; left--) Write(ref reader, element, enclosing);
        json.WriteEndArray();
    }

    private void WriteMap(ref MessagePackReader reader, SchemaNode key, SchemaNode value, EnclosingRecord? enclosing)
    {
        var name = key.Kind == SchemaKind.Primitive ? JsonPrimitives.Find(key.Name) : null;
        if (name is null) json.WriteStartArray();
        else json.WriteStartObject();
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            if (name is not null)
            {
                json.WritePropertyName(name.ReadPackedText(ref reader, use));
                Write(ref reader, value, enclosing);
                continue;
            }
            json.WriteStartArray();
            Write(ref reader, key, enclosing);
            Write(ref reader, value, enclosing);
            json.WriteEndArray();
        }
        if (name is null) json.WriteEndArray();
        else json.WriteEndObject();
    }
}
