namespace EtsPersist.Mmf;

/// <summary>A type cannot be stored as it is; the message names the type, the member and the remedy.</summary>
public sealed class UnsupportedTypeException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public UnsupportedTypeException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public UnsupportedTypeException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public UnsupportedTypeException() { }
}
