namespace EtsPersist.Mmf;

/// <summary>No table of that name exists in the instance, or its file is gone. ETS: <c>badarg</c>, cause <c>id</c>.</summary>
public sealed class TableNotFoundException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public TableNotFoundException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public TableNotFoundException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public TableNotFoundException() { }
}
