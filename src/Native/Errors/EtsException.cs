namespace EtsPersist.Mmf;

/// <summary>The root of every error that this library raises on purpose. The message names the thing, the cause and the remedy.</summary>
public class EtsException : Exception
{
    /// <summary>Creates the error with its message.</summary>
    public EtsException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public EtsException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public EtsException() : base("An EtsPersist operation failed.") { }
}
