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
            json.WriteString("kind", ValueName.Of(definition.Options.Kind));
            json.WriteString("access", ValueName.Of(definition.Options.Access));
            json.WriteNumber("maximumBytes", definition.Options.MaximumBytes);
            json.WriteEndObject();
            if (definition.FindMe is { } findMe)
            {
                json.WriteStartObject("findMe");
                json.WriteString("role", findMe.Role);
                if (findMe.Command is { } command) Write(json, command);
                else json.WriteString("rule", ValueName.Of(findMe.Rule));
                json.WriteEndObject();
            }
            if (definition.IsLocal) json.WriteBoolean("local", true);
            if (definition.IsRecreated) json.WriteBoolean("recreate", true);
            if (definition.Arrivals is { } arrivals) Write(json, arrivals);
            if (definition.GoesToCreator) json.WriteBoolean("goesToCreator", true);
            if (!definition.GiftData.IsEmpty) json.WriteBase64String(TableDefinitionParser.GiftBytes, definition.GiftData.Span);
            if (definition.Standing != TableStanding.None) Write(json, definition.Standing);
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, FindMeCommand command)
    {
        json.WriteStartArray("command");
        foreach (var argument in command.Arguments) json.WriteStringValue(argument);
        json.WriteEndArray();
        json.WriteNumber("timeLimitMilliseconds", (long)command.TimeLimit.TotalMilliseconds);
    }

    private static void Write(Utf8JsonWriter json, ArrivalLimits arrivals)
    {
        json.WriteStartObject("arrivals");
        json.WriteNumber("windowMilliseconds", (long)arrivals.Window.TotalMilliseconds);
        json.WriteNumber("burst", arrivals.Burst);
        json.WriteNumber("perSecond", arrivals.PerSecond);
        json.WriteNumber("quarantineAfter", arrivals.QuarantineAfter);
        json.WriteNumber("workerQuarantineAfter", arrivals.WorkerQuarantineAfter);
        json.WriteNumber("quarantineMilliseconds", (long)arrivals.QuarantineTime.TotalMilliseconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TableStanding standing)
    {
        json.WriteStartObject("standing");
        if (standing.Heir is { } heir)
        {
            json.WriteStartObject("heir");
            json.WriteNumber("processId", heir.Process.ProcessId);
            json.WriteNumber("startTime", heir.Process.StartTime);
            json.WriteNumber("workerId", (long)heir.WorkerId);
            if (heir.GiftData is { } gift) json.WriteBase64String("giftBytes", gift.Span);
            json.WriteEndObject();
        }
        if (standing.Departure is { } departure)
        {
            json.WriteStartObject("departure");
            json.WriteNumber("epoch", departure.Epoch);
            json.WriteString("reason", ValueName.Of(departure.Reason));
            json.WriteNumber("processId", departure.From.ProcessId);
            if (departure.From.Role is { } role) json.WriteString("role", role);
            if (departure.GiftData is { } left) json.WriteBase64String("giftBytes", left.Span);
            json.WriteEndObject();
        }
        if (standing.QuarantinedUntil != 0) json.WriteNumber("quarantinedUntil", standing.QuarantinedUntil);
        json.WriteEndObject();
    }
}
