using System.Buffers;
using System.Text.Json;

namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>Writes a definition in the form that <see cref="TableDefinitionParser.ParseDocument"/> reads.</summary>
/// <remarks>Gift data may be any bytes, which JSON cannot carry as they are; here they stand in base 64, under a member of their own.</remarks>
internal static class TableDefinitionWriter
{
    public static byte[] Write(TableDefinition definition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("id", definition.Id);
            json.WriteStartObject("options");
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(definition.Options.Kind.ToString()));
            json.WriteString("access", JsonNamingPolicy.CamelCase.ConvertName(definition.Options.Access.ToString()));
            json.WriteNumber("maximumBytes", definition.Options.MaximumBytes);
            json.WriteEndObject();
            if (definition.FindMe is { } findMe)
            {
                json.WriteStartObject("findMe");
                json.WriteString("role", findMe.Role);
                json.WriteString("rule", JsonNamingPolicy.CamelCase.ConvertName(findMe.Rule.ToString()));
                json.WriteEndObject();
            }
            if (!definition.GiftData.IsEmpty) json.WriteBase64String(TableDefinitionParser.GiftBytes, definition.GiftData.Span);
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
