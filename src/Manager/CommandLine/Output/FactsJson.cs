using System.Text.Json;
using EtsPersist.Mmf.Manager.Inspection;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>What files tell, as JSON.</summary>
internal static class FactsJson
{
    /// <summary>A table; one with a problem has nothing but its name, file and problem.</summary>
    public static void Write(Utf8JsonWriter json, TableFacts table)
    {
        json.WriteStartObject();
        json.WriteString("table", table.Name);
        json.WriteString("file", table.Path);
        if (table.Problem is { } problem)
        {
            json.WriteString("problem", problem);
        }
        else
        {
            json.WriteString("kind", ValueName.Of(table.Kind));
            json.WriteString("access", ValueName.Of(table.Access));
            json.WriteString("state", ValueName.Of(table.State));
            json.WriteNumber("epoch", table.Epoch);
            if (table.OwnerProcessId is { } owner) json.WriteNumber("ownerPid", owner);
            else json.WriteNull("ownerPid");
            json.WriteBoolean("ownerAlive", table.IsOwnerAlive);
            json.WriteNumber("rows", table.Rows);
            json.WriteNumber("bytes", table.Bytes);
            json.WriteString("schema", table.Schema?.ToString());
        }
        json.WriteEndObject();
    }
}
