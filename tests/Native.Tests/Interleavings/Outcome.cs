namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>What a table holds when an execution is over and the dead are settled.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Problem">What is wrong with the file, or null.</param>
internal sealed record Outcome(Rows Rows, string? Problem);
