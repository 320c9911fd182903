namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>What has been explored of known defects, all of which should fail.</summary>
public sealed class DefectReport() : InterleavingReport("interleavings with known defects");
