namespace EtsPersist.Mmf;

/// <summary>A row was to change its key, which is what it is found by. ETS: <c>badarg</c> with cause <c>keypos</c>.</summary>
public sealed class KeyChangedException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public KeyChangedException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public KeyChangedException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public KeyChangedException() { }
}
