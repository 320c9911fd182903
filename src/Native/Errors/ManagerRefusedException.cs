namespace EtsPersist.Mmf;

/// <summary>The manager understood the request and refused it; the message says why.</summary>
public sealed class ManagerRefusedException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public ManagerRefusedException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public ManagerRefusedException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public ManagerRefusedException() { }
}
