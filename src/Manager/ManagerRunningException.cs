namespace EtsPersist.Mmf.Manager;

/// <summary>Another manager runs for the instance.</summary>
internal sealed class ManagerRunningException(string message) : EtsException(message);
