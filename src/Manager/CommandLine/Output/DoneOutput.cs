using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>Says that something was done with a table.</summary>
internal static class DoneOutput
{
    public static void Write(ParseResult parsed, string table, string done)
    {
        if (!parsed.WantsJson())
        {
            parsed.Output().WriteLine($"{table}: {done}");
            return;
        }
        JsonOutput.WriteLine(parsed.Output(), json =>
        {
            json.WriteStartObject();
            json.WriteString("table", table);
            json.WriteString("done", done);
            json.WriteEndObject();
        });
    }
}
