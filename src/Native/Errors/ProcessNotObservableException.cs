namespace EtsPersist.Mmf;

/// <summary>The system offers no way to learn of the process's death; the message says why and what to change.</summary>
public sealed class ProcessNotObservableException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public ProcessNotObservableException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public ProcessNotObservableException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public ProcessNotObservableException() { }
}
