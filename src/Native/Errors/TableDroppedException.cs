namespace EtsPersist.Mmf;

/// <summary>The table was dropped while this handle was open; open it again by name. ETS: a stale table identifier.</summary>
public sealed class TableDroppedException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public TableDroppedException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public TableDroppedException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public TableDroppedException() { }
}
