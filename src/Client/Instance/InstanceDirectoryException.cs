namespace EtsPersist.Mmf;

/// <summary>The directory of an instance cannot be used: it is another user's, others may reach into it, or its path is too long for a pipe.</summary>
public sealed class InstanceDirectoryException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public InstanceDirectoryException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public InstanceDirectoryException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public InstanceDirectoryException() { }
}
