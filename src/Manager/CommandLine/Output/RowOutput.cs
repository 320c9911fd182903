using System.Text.Json;
using EtsPersist.Mmf.Manager.Inspection;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>Rows, decoded by their table's own schema: a line each.</summary>
internal sealed class RowOutput(InspectedTable table, TextWriter output, bool asJson)
{
    /// <summary>Prints a row: <c>{"key": …, "value": …}</c>, or the key, a tab, and the value.</summary>
    public void Write(in StoredRow row)
    {
        if (asJson) WriteJson(row);
        else output.WriteLine($"{TextOf(row.Key)}\t{JsonOutput.TextOf(Value(row))}");
    }

    /// <summary>A key as it can be given on the command line.</summary>
    public string TextOf(byte[] key)
    {
        var json = JsonOutput.TextOf(writer => table.WriteKey(writer, key));
        // Text without anything that JSON escapes stands for itself.
        return json[0] == '"' && !json.Contains('\\') ? json[1..^1] : json;
    }

    private void WriteJson(StoredRow row) => JsonOutput.WriteLine(output, json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("key");
        table.WriteKey(json, row.Key);
        json.WritePropertyName("value");
        table.WriteValue(json, row.Value);
        json.WriteEndObject();
    });

    private Action<Utf8JsonWriter> Value(StoredRow row) => json => table.WriteValue(json, row.Value);
}
