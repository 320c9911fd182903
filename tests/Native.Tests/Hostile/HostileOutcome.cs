namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>What became of one damaged table.</summary>
/// <param name="Error">The type of the first typed error, if there was any.</param>
/// <param name="Differs">Whether any row was another one, or missing, or too many.</param>
/// <param name="Failure">What must not happen, if it did.</param>
internal readonly record struct HostileOutcome(string? Error, bool Differs, string? Failure);
