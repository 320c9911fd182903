namespace EtsPersist.Mmf;

/// <summary>The file system cannot reserve space in a way that a table needs; the message names it and what is accepted.</summary>
public sealed class UnsupportedFileSystemException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public UnsupportedFileSystemException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public UnsupportedFileSystemException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public UnsupportedFileSystemException() { }
}
