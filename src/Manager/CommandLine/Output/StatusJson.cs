using System.Text.Json;
using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>What a manager tells, as JSON.</summary>
internal static class StatusJson
{
    public static void Write(Utf8JsonWriter json, InstanceStatus status)
    {
        json.WriteStartObject();
        json.WriteString("instance", status.Manager.Instance);
        json.WriteNumber("pid", status.Manager.ManagerProcessId);
        json.WriteString("version", status.Manager.ManagerVersion);
        json.WriteNumber("uptimeMs", status.Status.UptimeMilliseconds);
        json.WriteNumber("deaths", status.Status.Deaths);
        json.WriteNumber("recoveries", status.Status.Recoveries);
        json.WriteStartArray("tables");
        foreach (var table in status.Tables) Write(json, table);
        json.WriteEndArray();
        WriteWorkers(json, status.Workers);
        json.WriteStartArray("handOffs");
        foreach (var handOff in status.Status.HandOffs) Write(json, handOff);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteWorkers(Utf8JsonWriter json, IReadOnlyList<WorkerSummary> workers)
    {
        json.WriteStartArray("workers");
        foreach (var worker in workers)
        {
            json.WriteStartObject();
            json.WriteNumber("id", worker.WorkerId);
            json.WriteNumber("pid", worker.ProcessId);
            json.WriteString("role", worker.Role);
            json.WriteNumber("priority", worker.Priority);
            json.WriteNumber("registeredMs", worker.RegisteredMilliseconds);
            json.WriteNumber("owned", worker.Owned);
            json.WriteNumber("waiting", worker.Waiting);
            json.WriteNumber("quarantines", worker.Quarantines);
            json.WriteNumber("quarantineMs", worker.QuarantineMilliseconds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, TableSummary table)
    {
        json.WriteStartObject();
        json.WriteString("table", table.Table);
        json.WriteString("kind", ValueName.Of(table.Kind));
        json.WriteString("access", ValueName.Of(table.Access));
        json.WriteString("state", ValueName.Of(table.State));
        json.WriteNumber("epoch", table.Epoch);
        WriteProcess(json, "ownerPid", table.OwnerProcessId);
        json.WriteString("ownerRole", table.OwnerRole);
        json.WriteString("role", table.Role);
        json.WriteNumber("waiting", table.Waiting);
        json.WriteNumber("rows", table.Rows);
        json.WriteNumber("bytes", table.BytesUsed);
        json.WriteNumber("pins", table.Pins);
        json.WriteNumber("quarantineMs", table.QuarantineMilliseconds);
        json.WriteNumber("quarantinedWorkers", table.QuarantinedWorkers);
        json.WriteString("problem", table.Problem);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, HandOffSummary handOff)
    {
        json.WriteStartObject();
        json.WriteString("table", handOff.Table);
        json.WriteString("reason", Reason(handOff));
        WriteProcess(json, "fromPid", handOff.FromProcessId);
        WriteProcess(json, "toPid", handOff.ToProcessId);
        json.WriteNumber("epoch", handOff.Epoch);
        json.WriteNumber("agoMs", handOff.AgoMilliseconds);
        json.WriteNumber("tookMicros", handOff.TookMicroseconds);
        json.WriteEndObject();
    }

    private static string? Reason(HandOffSummary handOff) => handOff.Reason == 0 ? null : ValueName.Of(handOff.Reason);

    private static void WriteProcess(Utf8JsonWriter json, string name, int processId)
    {
        if (processId == 0) json.WriteNull(name);
        else json.WriteNumber(name, processId);
    }
}
