namespace EtsPersist.Mmf;

/// <summary>The file is no table, is of a newer format, or needs a feature that this version does not have.</summary>
public sealed class TableFormatException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public TableFormatException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public TableFormatException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public TableFormatException() { }
}
