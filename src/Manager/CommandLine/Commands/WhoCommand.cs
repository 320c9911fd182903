using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Inspection;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist who FILE|TABLE</c>: the processes at work on a table, and what they hold.</summary>
internal static class WhoCommand
{
    private static readonly Argument<string> Table = TableArgument.CreateForFile();

    public static Command Create()
    {
        var command = new ExampleCommand(
            "who",
            "Show the processes at work on a table.",
            """
            Its owner, other writers and (on Linux) readers: how long they have been running, how many pins they hold and for how
            long, what they are in the middle of and which locks they hold. A lock that is seen twice is held by a process that is
            stopped or starved. No manager need run.
            """,
            new Example("etspersist who accounts", "The processes of a table."),
            new Example("etspersist who accounts --json", "The same for programs."))
        {
            Table,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using var table = InspectedTable.OpenFileOrTable(parsed.InstanceDirectory(), parsed.GetValue(Table)!);
        var attached = AttachedProcess.Of(table.File);
        if (parsed.WantsJson()) JsonOutput.WriteLine(parsed.Output(), json => WriteJson(json, table.File, attached));
        else WriteText(parsed.Output(), attached);
        return ExitCode.Success;
    }

    private static void WriteJson(Utf8JsonWriter json, TableFile file, IReadOnlyList<AttachedProcess> attached)
    {
        json.WriteStartObject();
        json.WriteString("table", file.Name);
        json.WriteString("file", file.Path);
        json.WriteStartArray("processes");
        foreach (var process in attached) WriteJson(json, process);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter json, AttachedProcess process)
    {
        json.WriteStartObject();
        json.WriteNumber("pid", process.ProcessId);
        json.WriteString("use", ValueName.Of(process.Use));
        json.WriteBoolean("alive", process.IsAlive);
        if (process.Slot is { } slot) json.WriteNumber("slot", slot);
        else json.WriteNull("slot");
        json.WriteString("program", process.Program);
        if (process.Age is { } age) json.WriteNumber("ageSeconds", (long)age.TotalSeconds);
        else json.WriteNull("ageSeconds");
        json.WriteNumber("pins", process.Pins);
        if (process.PinnedFor is { } pinned) json.WriteNumber("pinnedSeconds", (long)pinned.TotalSeconds);
        else json.WriteNull("pinnedSeconds");
        json.WriteStartArray("operations");
        foreach (var operation in process.Operations)
        {
            json.WriteStartObject();
            json.WriteString("kind", ValueName.Of(operation.Kind));
            json.WriteNumber("journal", operation.Journal);
            json.WriteStartArray("locks");
            foreach (var held in operation.Locks) json.WriteStringValue(held);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteText(TextWriter output, IReadOnlyList<AttachedProcess> attached)
    {
        if (attached.Count == 0)
        {
            output.WriteLine("Nobody.");
            return;
        }
        var text = new TextTable(">PID", "USE", "ALIVE", ">SLOT", "PROGRAM", ">AGE", ">PINS", ">FOR", "IN THE MIDDLE OF");
        foreach (var process in attached)
        {
            text.AddRow(
                process.ProcessId.ToString(CultureInfo.InvariantCulture),
                ValueName.Of(process.Use),
                process.IsAlive ? "yes" : "no",
                process.Slot?.ToString(CultureInfo.InvariantCulture) ?? "-",
                process.Program ?? "?",
                process.Age is { } age ? HumanText.Age(age) : "?",
                process.Pins.ToString(CultureInfo.InvariantCulture),
                process.PinnedFor is { } pinned ? HumanText.Age(pinned) : "-",
                string.Join(", ", process.Operations.Select(Describe)));
        }
        text.WriteTo(output);
    }

    private static string Describe(OperationInfo operation) =>
        ValueName.Of(operation.Kind) + (operation.Locks.Count == 0 ? "" : $" (holds {string.Join(", ", operation.Locks)})");
}
