namespace EtsPersist.Mmf;

/// <summary>The file is a table but contradicts itself; the message names the place.</summary>
public sealed class CorruptTableException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public CorruptTableException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public CorruptTableException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public CorruptTableException() { }
}
