namespace EtsPersist.Mmf;

/// <summary>A table of that name exists already. ETS: <c>badarg</c>, cause <c>already_exists</c>.</summary>
public sealed class TableExistsException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public TableExistsException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public TableExistsException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public TableExistsException() { }
}
