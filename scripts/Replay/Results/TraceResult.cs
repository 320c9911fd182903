namespace EtsPersist.Mmf.Replay;

/// <summary>What the replay of one recording has found.</summary>
/// <param name="Trace">The recording.</param>
/// <param name="Operations">How many operations it has.</param>
/// <param name="Differences">How many of them have another answer.</param>
/// <param name="First">The first of these.</param>
internal sealed record TraceResult(string Trace, int Operations, int Differences, IReadOnlyList<Difference> First);
