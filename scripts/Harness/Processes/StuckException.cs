namespace EtsPersist.Mmf.Harness.Processes;

/// <summary>Nothing moved for too long; the message names what was waited for and shows the processes.</summary>
internal sealed class StuckException(string message) : Exception(message);
