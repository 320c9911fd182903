namespace EtsPersist.Mmf;

/// <summary>The access mode of the table does not allow the operation to this process. ETS: <c>badarg</c>, cause <c>access</c>.</summary>
public sealed class TableAccessException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public TableAccessException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public TableAccessException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public TableAccessException() { }
}
