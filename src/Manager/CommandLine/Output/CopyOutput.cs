using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>What was saved or loaded.</summary>
internal static class CopyOutput
{
    public static void Write(ParseResult parsed, string done, string table, string path, EtsFileInfo file)
    {
        if (!parsed.WantsJson())
        {
            parsed.Output().WriteLine($"{table}: {HumanText.Count(file.Rows, "row")} {done}, {HumanText.Bytes(file.Bytes)}");
            return;
        }
        JsonOutput.WriteLine(parsed.Output(), json =>
        {
            json.WriteStartObject();
            json.WriteString("table", table);
            json.WriteString("file", path);
            json.WriteNumber("rows", file.Rows);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("savedAt", file.SavedAt);
            json.WriteEndObject();
        });
    }
}
