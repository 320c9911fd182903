using System.Buffers;
using System.Text.Json;

namespace EtsPersist.Mmf;

/// <summary>Reads JSON into the MessagePack parts of a key.</summary>
internal static class PackedKeyJson
{
    public static byte[] Encode(SchemaNode node, JsonElement value, CodecUse use)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        Write(ref writer, node, value, null, use);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(ref MessagePackWriter writer, SchemaNode node, JsonElement value, EnclosingRecord? enclosing, CodecUse use)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            writer.WriteNil();
            return;
        }
        switch (node.Kind)
        {
            case SchemaKind.Primitive:
                KeyJson.Primitive(node).EncodePacked(KeyJson.TextOf(value, node), ref writer, use);
                break;
            case SchemaKind.Nullable:
                Write(ref writer, node.Members[0].Type, value, enclosing, use);
                break;
            case SchemaKind.Reference:
                var meant = EnclosingRecord.Up(enclosing, node);
                Write(ref writer, meant.Record, value, meant.Outer, use);
                break;
            case SchemaKind.Record:
                WriteRecord(ref writer, node, value, new EnclosingRecord(node, enclosing), use);
                break;
            case SchemaKind.Array:
                WriteArray(ref writer, node, value, enclosing, use);
                break;
            default:
                throw new KeyTextException($"A {node.Kind} is no part of a key.");
        }
    }

    private static void WriteRecord(ref MessagePackWriter writer, SchemaNode node, JsonElement value, EnclosingRecord inner, CodecUse use)
    {
        writer.Enter();
        writer.WriteArrayHeader(node.Members.Count);
        foreach (var (member, part) in KeyJson.Members(node, value)) Write(ref writer, member.Type, part, inner, use);
        writer.Leave();
    }

    private static void WriteArray(
        ref MessagePackWriter writer, SchemaNode node, JsonElement value, EnclosingRecord? enclosing, CodecUse use)
    {
        if (value.ValueKind != JsonValueKind.Array) throw new KeyTextException($"An array is expected, not {value.GetRawText()}.");
        writer.Enter();
        writer.WriteArrayHeader(value.GetArrayLength());
        foreach (var element in value.EnumerateArray()) Write(ref writer, node.Members[0].Type, element, enclosing, use);
        writer.Leave();
    }
}
