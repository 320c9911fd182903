namespace EtsPersist.Mmf.Replay;

/// <summary>An operation whose answer is not that of ETS.</summary>
/// <param name="Trace">The recording.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Got">The answer that it had here, as JSON.</param>
internal sealed record Difference(string Trace, RecordedOperation Operation, string Got)
{
    private const int MostShown = 400;

    /// <inheritdoc/>
    public override string ToString() => $"""
        {Trace}, line {Operation.Line}: {Shorten(Operation.Text)}
            expected {Shorten(Operation.Expected?.ToJsonString() ?? "null")}
            got      {Shorten(Got)}
        """;

    private static string Shorten(string text) => text.Length <= MostShown ? text : $"{text[..MostShown]}… ({text.Length} characters)";
}
