namespace EtsPersist.Mmf;

/// <summary>A continuation is damaged, or of another table, incarnation or direction. ETS: <c>badarg</c> of <c>select/1</c>.</summary>
public sealed class ContinuationException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public ContinuationException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public ContinuationException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public ContinuationException() { }
}
