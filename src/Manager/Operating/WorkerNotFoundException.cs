namespace EtsPersist.Mmf.Manager.Operating;

/// <summary>No worker is meant by what the command line says.</summary>
internal sealed class WorkerNotFoundException(string message) : EtsException(message);
