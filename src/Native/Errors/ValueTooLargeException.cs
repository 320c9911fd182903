namespace EtsPersist.Mmf;

/// <summary>The encoded value is longer than a table can hold.</summary>
public sealed class ValueTooLargeException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public ValueTooLargeException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public ValueTooLargeException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public ValueTooLargeException() { }
}
