namespace EtsPersist.Mmf;

/// <summary>A text is no key of a table: the message says which form its keys have and gives one.</summary>
public sealed class KeyTextException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public KeyTextException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public KeyTextException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public KeyTextException() { }
}
