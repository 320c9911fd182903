namespace EtsPersist.Mmf;

/// <summary>The key has no row, and the operation needs one. ETS: <c>badarg</c> with cause <c>badkey</c>.</summary>
public sealed class KeyMissingException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public KeyMissingException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public KeyMissingException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public KeyMissingException() { }
}
