namespace EtsPersist.Mmf;

/// <summary>The stored bytes of a key or value are not what its codec writes.</summary>
public sealed class RowFormatException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public RowFormatException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public RowFormatException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public RowFormatException() { }
}
