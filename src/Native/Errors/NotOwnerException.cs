namespace EtsPersist.Mmf;

/// <summary>This process does not own the table, or owns it no longer. ETS: <c>badarg</c>, cause <c>not_owner</c>.</summary>
public sealed class NotOwnerException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public NotOwnerException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public NotOwnerException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public NotOwnerException() { }
}
