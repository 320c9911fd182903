namespace EtsPersist.Mmf;

/// <summary>The kind of the table does not allow the operation. ETS: <c>badarg</c> on a bag, for instance.</summary>
public sealed class TableKindException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public TableKindException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public TableKindException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public TableKindException() { }
}
