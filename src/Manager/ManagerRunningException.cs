namespace EtsPersist.Mmf.Manager;

/// <summary>Another manager runs for the instance; the message says how to wait for its end.</summary>
public sealed class ManagerRunningException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public ManagerRunningException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public ManagerRunningException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public ManagerRunningException() { }
}
