namespace EtsPersist.Mmf.Manager.CommandLine;

/// <summary>The command line is wrong; the message says where.</summary>
internal sealed class UsageException(string message) : EtsException(message);
