namespace EtsPersist.Mmf;

/// <summary>No manager answers for the instance; the message says how to start one.</summary>
public sealed class ManagerNotRunningException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public ManagerNotRunningException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public ManagerNotRunningException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public ManagerNotRunningException() { }
}
