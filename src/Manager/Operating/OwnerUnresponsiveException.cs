namespace EtsPersist.Mmf.Manager.Operating;

/// <summary>An owner was told to let its table go and has not done so in time.</summary>
internal sealed class OwnerUnresponsiveException(string message) : EtsException(message);
