namespace EtsPersist.Mmf;

/// <summary>The operations of a batch take more bytes than a batch may have.</summary>
public sealed class BatchTooLargeException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public BatchTooLargeException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public BatchTooLargeException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public BatchTooLargeException() { }
}
