using System.CommandLine;
using System.Text.Json;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Configuration;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist config check FILE</c>: reads a configuration as the manager would.</summary>
internal static class ConfigCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The configuration file." };

    public static Command Create()
    {
        var check = new ExampleCommand(
            "check",
            "Read a configuration file as the manager would.",
            "Shows what it defines. A mistake is told with its line and column.",
            new Example("etspersist config check shop.json", "Before the manager is started with it, or told to read it again."))
        {
            File,
        };
        check.SetAction(Check);
        return new ExampleCommand("config", "Work with configuration files.", "") { check };
    }

    private static int Check(ParseResult parsed)
    {
        var path = parsed.GetValue(File)!;
        var configuration = ConfigurationParser.ParseFile(path);
        if (parsed.WantsJson()) JsonOutput.WriteLine(parsed.Output(), json => WriteJson(json, path, configuration));
        else WriteText(parsed.Output(), configuration);
        return ExitCode.Success;
    }

    private static void WriteJson(Utf8JsonWriter json, string path, ManagerConfiguration configuration)
    {
        json.WriteStartObject();
        json.WriteString("file", path);
        json.WriteStartArray("tables");
        foreach (var table in configuration.Tables)
        {
            using var definition = JsonDocument.Parse(TableDefinitionWriter.Write(table));
            definition.RootElement.WriteTo(json);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteText(TextWriter output, ManagerConfiguration configuration)
    {
        if (configuration.Tables.Count == 0)
        {
            output.WriteLine("No tables.");
            return;
        }
        var text = new TextTable("TABLE", "KIND", "ACCESS", ">UP TO", "ROLE", "RULE", ">GIFT");
        foreach (var table in configuration.Tables)
        {
            text.AddRow(
                table.Id,
                ValueName.Of(table.Options.Kind),
                ValueName.Of(table.Options.Access),
                HumanText.Bytes(table.Options.MaximumBytes),
                table.FindMe?.Role ?? "any",
                table.FindMe is { } findMe ? ValueName.Of(findMe.Rule) : "-",
                HumanText.Bytes(table.GiftData.Length));
        }
        text.WriteTo(output);
    }
}
