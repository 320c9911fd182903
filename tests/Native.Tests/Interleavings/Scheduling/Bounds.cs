namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>How often an execution may do what is not free.</summary>
/// <param name="Preemptions">How often an actor that could go on is stopped for another one.</param>
/// <param name="Kills">How many processes are killed.</param>
internal readonly record struct Bounds(int Preemptions, int Kills);
