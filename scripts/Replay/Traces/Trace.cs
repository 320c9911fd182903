using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Replay;

/// <summary>A recording: a program of operations on one table, with a real ETS's answers.</summary>
/// <param name="Name">The file's name without its ending; also the name of the table.</param>
/// <param name="Kind">The kind of the table.</param>
/// <param name="Keys">What its keys are.</param>
/// <param name="Operations">The operations in their order.</param>
internal sealed record Trace(string Name, TableKind Kind, KeyType Keys, IReadOnlyList<RecordedOperation> Operations)
{
    /// <summary>How the files end.</summary>
    public const string Ending = ".jsonl.gz";

    /// <summary>The name of the recording in a file.</summary>
    public static string NameOf(string path) => Path.GetFileName(path)[..^Ending.Length];

    /// <summary>Reads a recording.</summary>
    /// <exception cref="InvalidDataException">The file is none; the message names the line.</exception>
    public static Trace Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var operations = new List<RecordedOperation>();
        var number = 1;
        try
        {
            var header = JsonNode.Parse(reader.ReadLine() ?? "")!.AsObject();
            var trace = new Trace(NameOf(path), KindOf(header), KeysOf(header), operations);
            while (reader.ReadLine() is { } line) operations.Add(RecordedOperation.Parse(++number, JsonNode.Parse(line)!.AsObject()));
            return trace;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}, line {number}, is no line of a recording: {error.Message}", error);
        }
    }

    private static TableKind KindOf(JsonObject header) => (string?)header["type"] switch
    {
        "set" => TableKind.Set,
        "ordered_set" => TableKind.OrderedSet,
        "bag" => TableKind.Bag,
        "duplicate_bag" => TableKind.DuplicateBag,
        var other => throw new FormatException($"the type of the table is '{other}'"),
    };

    private static KeyType KeysOf(JsonObject header) => (string?)header["keys"] switch
    {
        "int" or "wide_int" => KeyType.Integer,
        "str" or "wide_str" => KeyType.Text,
        var other => throw new FormatException($"the type of the keys is '{other}'"),
    };
}
