namespace EtsPersist.Mmf;

/// <summary>A frame on the pipe was too long, torn or no valid message of the protocol.</summary>
public sealed class ProtocolException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public ProtocolException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public ProtocolException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public ProtocolException() { }
}
