using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>Prints JSON documents, each on a line of its own.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints one document.</summary>
    public static void WriteLine(TextWriter output, Action<Utf8JsonWriter> write) => output.WriteLine(TextOf(write));

    /// <summary>The text of one JSON value.</summary>
    public static string TextOf(Action<Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Options)) write(json);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
