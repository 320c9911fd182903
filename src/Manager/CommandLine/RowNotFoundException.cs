namespace EtsPersist.Mmf.Manager.CommandLine;

/// <summary>A table has no row of the key that was asked for.</summary>
internal sealed class RowNotFoundException(string message) : EtsException(message);
