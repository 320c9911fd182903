namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>Stands for an access violation, or for a loop without end.</summary>
internal sealed class HostileViolationException(string message) : Exception(message);
