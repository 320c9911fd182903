using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Replay;

/// <summary>An operation and what ETS answered.</summary>
/// <param name="Line">Its line in the recording, from 1.</param>
/// <param name="Text">The operation as JSON, without the answer.</param>
/// <param name="Expected">The answer.</param>
internal sealed record RecordedOperation(int Line, string Text, JsonNode? Expected)
{
    private const string Result = "result";

    /// <summary>Reads a line of a recording.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static RecordedOperation Parse(int line, JsonObject recorded)
    {
        if (!recorded.Remove(Result, out var expected)) throw new FormatException("it has no result");
        return new RecordedOperation(line, recorded.ToJsonString(), expected);
    }
}
