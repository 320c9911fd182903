namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>An execution that went wrong.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Schedule">How it came to it.</param>
/// <param name="History">The operations.</param>
internal sealed record Finding(string Scenario, string Problem, Schedule Schedule, string History)
{
    /// <summary>Which of the drawn executions it was, or null if it was not drawn.</summary>
    public int? Seed { get; init; }

    public override string ToString() => $"""
        {Scenario}: {Problem}
        seed: {(Seed is { } seed ? seed : "none, found by exhaustion")}
        to run it again: {KnownSchedule.Variable}='{Scenario}: {Schedule}'
        history:
          {History}
        """;
}
