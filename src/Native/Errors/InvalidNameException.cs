namespace EtsPersist.Mmf;

/// <summary>A table, role or instance name is not 1 to 100 characters of A-Z a-z 0-9 . _ - without a leading dot.</summary>
public sealed class InvalidNameException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public InvalidNameException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public InvalidNameException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public InvalidNameException() { }
}
