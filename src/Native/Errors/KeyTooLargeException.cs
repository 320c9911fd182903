namespace EtsPersist.Mmf;

/// <summary>The encoded key is longer than a table can hold.</summary>
public sealed class KeyTooLargeException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public KeyTooLargeException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public KeyTooLargeException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public KeyTooLargeException() { }
}
