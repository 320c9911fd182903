namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>What has been explored of the engine as it is.</summary>
public sealed class ExplorationReport() : InterleavingReport("interleavings");
