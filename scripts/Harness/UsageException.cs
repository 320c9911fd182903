namespace EtsPersist.Mmf.Harness;

/// <summary>The command line cannot be carried out; the message says what is wrong with it.</summary>
internal sealed class UsageException(string message) : Exception(message);
