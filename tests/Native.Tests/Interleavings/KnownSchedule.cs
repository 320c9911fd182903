namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The one execution that the environment asks for: <c>ETSPERSIST_INTERLEAVING='scenario: schedule'</c>, as a finding says it.</summary>
internal static class KnownSchedule
{
    public const string Variable = "ETSPERSIST_INTERLEAVING";

    /// <summary>The schedule that is asked for of this scenario, or null.</summary>
    public static Schedule? Of(string scenario) => Environment.GetEnvironmentVariable(Variable) is { } asked
        && asked.StartsWith(scenario + ": ", StringComparison.Ordinal) && asked.LastIndexOf(": ", StringComparison.Ordinal) == scenario.Length
        ? Schedule.Parse(asked[(scenario.Length + 2)..])
        : null;
}
