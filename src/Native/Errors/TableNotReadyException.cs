namespace EtsPersist.Mmf;

/// <summary>No owner has given the table a schema yet, so its rows cannot be read.</summary>
public sealed class TableNotReadyException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public TableNotReadyException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public TableNotReadyException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public TableNotReadyException() { }
}
