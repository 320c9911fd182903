using System.CommandLine;
using System.Globalization;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Inspection;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist tables</c>: the tables of an instance, by their files alone.</summary>
internal static class TablesCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "tables",
            "List the tables of an instance.",
            "No manager need run.",
            new Example("etspersist tables", "Tables, owners, rows and bytes."),
            new Example("etspersist tables --json", "The same for programs, with schemas and files."));
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var tables = TableFacts.OfInstance(parsed.InstanceDirectory());
        if (parsed.WantsJson()) WriteJson(parsed.Output(), tables);
        else WriteText(parsed.Output(), tables);
        return tables.Any(table => table.Problem is not null) ? ExitCode.Unsound : ExitCode.Success;
    }

    private static void WriteJson(TextWriter output, IReadOnlyList<TableFacts> tables) => JsonOutput.WriteLine(output, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("tables");
        foreach (var table in tables) FactsJson.Write(json, table);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteText(TextWriter output, IReadOnlyList<TableFacts> tables)
    {
        if (tables.Count == 0)
        {
            output.WriteLine("No tables.");
            return;
        }
        var text = new TextTable("TABLE", "KIND", "ACCESS", "STATE", ">OWNER", ">EPOCH", ">ROWS", ">BYTES", "PROBLEM");
        foreach (var table in tables)
        {
            if (table.Problem is { } problem)
            {
                text.AddRow(table.Name, "", "", "", "", "", "", "", problem);
                continue;
            }
            text.AddRow(
                table.Name, ValueName.Of(table.Kind), ValueName.Of(table.Access), ValueName.Of(table.State), Owner(table),
                table.Epoch.ToString(CultureInfo.InvariantCulture), HumanText.Count(table.Rows), HumanText.Bytes(table.Bytes), "");
        }
        text.WriteTo(output);
    }

    private static string Owner(TableFacts table) => table switch
    {
        { OwnerProcessId: { } owner, IsOwnerAlive: true } => owner.ToString(CultureInfo.InvariantCulture),
        { OwnerProcessId: { } owner, State: OwnershipState.Owned or OwnershipState.Recovering } => $"{owner} (dead)",
        _ => "-",
    };
}
